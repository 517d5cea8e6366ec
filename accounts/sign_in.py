"""The forms of sign-in in the house's words: what to do, not what went wrong."""

from allauth.account import forms as stock
from allauth.core import context
from django import forms

from accounts.codes import code_of
from accounts.names import fold_email

EMAIL = {
    "required": "Enter your email address",
    "invalid": "Enter an email address in the correct format, like name@example.com",
}
NEW_HINT = "At least 12 characters. Three random words work well."


def put(field: forms.Field, *, label: str, hint: str = "", **messages: str) -> None:
    """Give a stock field its label, hint and messages here, and take away its placeholder."""
    field.label, field.help_text = label, hint
    field.error_messages.update(messages)
    field.widget.attrs.pop("placeholder", None)


OWN_PHONE = "own_phone"


class OnOwnPhone:
    """A stock form that also asks whether this is one's own phone, which may stay signed in for longer.

    The session remembers the answer through sign-in; for whom it counts is decided where roles are known.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields[OWN_PHONE] = forms.BooleanField(
            label="This is my own phone: keep me signed in for 30 days",
            help_text="Not on a computer that others use. It does not count for leads and evaluators",
            required=False,
        )

    def clean(self):
        found = super().clean()
        session = context.request.session
        if self.cleaned_data.get(OWN_PHONE):
            session[OWN_PHONE] = True
        else:
            session.pop(OWN_PHONE, None)
        return found


class SignInForm(OnOwnPhone, stock.LoginForm):
    """Email address and password."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        put(self.fields["login"], label="Email address", **EMAIL)
        put(self.fields["password"], label="Password", required="Enter your password")


class AddressForm:
    """A stock form that asks for an address, in whatever spelling."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        put(self.fields["email"], label="Email address", **EMAIL)

    def clean_email(self) -> str:
        """Fold the address: one person is one spelling, also where requests are counted."""
        self.cleaned_data["email"] = fold_email(self.cleaned_data["email"])
        return super().clean_email()


class AskForCodeForm(OnOwnPhone, AddressForm, stock.RequestLoginCodeForm):
    """The address a sign-in code is sent to."""


class ResetPasswordForm(AddressForm, stock.ResetPasswordForm):
    """The address a code for a new password is sent to."""


class AddEmailForm(AddressForm, stock.AddEmailForm):
    """Another address of the same person."""


class CodeForm:
    """A stock form that asks for a code from a message."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Without one, for an address that nobody has, no code is right.
        self.expected_code = code_of(self.expected_code) if self.expected_code else ""
        put(self.fields["code"], label="Code", required="Enter the code from our message")
        self.fields["code"].widget.attrs |= {"data-width": "10", "spellcheck": "false", "autocapitalize": "characters"}


class SignInCodeForm(CodeForm, stock.ConfirmLoginCodeForm):
    """The code that signs somebody in."""


class EmailCodeForm(CodeForm, stock.ConfirmEmailVerificationCodeForm):
    """The code that proves an address."""


class ResetCodeForm(CodeForm, stock.ConfirmPasswordResetCodeForm):
    """The code that allows a new password."""


class NewPasswordForm:
    """A stock form that asks for a new password, twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "oldpassword" in self.fields:
            put(self.fields["oldpassword"], label="Current password", required="Enter your current password")
        put(self.fields["password1"], label="New password", hint=NEW_HINT, required="Enter a new password")
        put(self.fields["password2"], label="New password again", required="Enter the new password again")

    def clean(self):
        """Refuse two passwords that differ, in our words."""
        cleaned = super().clean()
        if self.has_error("password2") and self.data.get(self.add_prefix("password2")):
            self.errors["password2"] = self.error_class(["Enter the same new password twice"])
        return cleaned


class ChangePasswordForm(NewPasswordForm, stock.ChangePasswordForm):
    """Current password and the new one."""


class SetPasswordForm(NewPasswordForm, stock.SetPasswordForm):
    """A first password for somebody who came in by code."""


class CompleteResetForm(NewPasswordForm, stock.ResetPasswordKeyForm):
    """The new password after a reset code."""


class ReauthenticateForm(stock.ReauthenticateForm):
    """The password once more, before something that matters."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        put(self.fields["password"], label="Password", required="Enter your password")
