"""Support only: accounts can be seen and stopped, never what was confided."""

from django.contrib import admin

from accounts.models import AuditRecord, User


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    list_display = ["email", "name", "is_active", "is_administrator", "joined_at"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "is_active", "is_administrator"]
    readonly_fields = ["email", "name"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


@admin.register(AuditRecord)
class AuditRecordAdmin(admin.ModelAdmin):
    list_display = ["at", "did", "subject_kind"]
    fields = readonly_fields = ["at", "by", "did", "subject_kind", "subject_ref"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
