"""Forms about people."""

from django import forms
from django.contrib.auth import password_validation

from accounts.models import User
from accounts.names import clean_email


class FirstPersonForm(forms.Form):
    """Name, address and password of the first administrator."""

    name = forms.CharField(
        label="Full name",
        max_length=200,
        error_messages={"required": "Enter your full name"},
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Email address",
        error_messages={
            "required": "Enter your email address",
            "invalid": "Enter an email address in the correct format, like name@example.com",
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label="Password",
        strip=False,
        max_length=200,
        error_messages={"required": "Enter a password"},
        help_text="At least 12 characters. Three random words work well.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean_email(self) -> str:
        return clean_email(self.cleaned_data["email"])

    def clean(self):
        cleaned = super().clean()
        if password := cleaned.get("password"):
            person = User(email=cleaned.get("email", ""), name=cleaned.get("name", ""))
            try:
                password_validation.validate_password(password, person)
            except forms.ValidationError as problem:
                self.add_error("password", problem.error_list[0])  # one thing to mend at a time
        return cleaned
