"""Support only: accounts can be seen and stopped, never what was confided."""

from django import forms
from django.contrib import admin

from accounts import actions, audit
from accounts.models import AuditRecord, User


class AccountForm(forms.ModelForm):
    """Whether an account is open and whether it administers; somebody always does."""

    def clean(self):
        given = super().clean()
        if not (given["is_active"] and given["is_administrator"]) and User.objects.has_alone_the_support_pages(
            self.instance
        ):
            raise forms.ValidationError(
                "Make somebody else an administrator first: nobody would be left to look after the installation."
            )
        return given


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["email", "name", "is_active", "is_administrator", "joined_at"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "is_active", "is_administrator"]
    readonly_fields = ["email", "name"]
    form = AccountForm

    def save_model(self, request, obj, form, change) -> None:
        """Through the action, which writes the audit record."""
        actions.change_account(
            person=obj, is_active=obj.is_active, is_administrator=obj.is_administrator, by=request.user
        )

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(AuditRecord)
class AuditRecordAdmin(admin.ModelAdmin):
    list_display = ["at", "did", "subject_kind"]
    fields = readonly_fields = ["at", "by", "did", "subject_kind", "subject_ref"]

    def get_queryset(self, request):
        """Without what was written in private or in confidence: not even that somebody did."""
        return super().get_queryset(request).exclude(subject_kind__in=audit.confided_kinds())

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
