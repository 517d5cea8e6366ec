"""Static files under names that carry their content, compressed."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

FONT_FACE = re.compile(rb"@font-face\s*\{[^}]*\}")


class HashedFiles(CompressedManifestStaticFilesStorage):
    """As WhiteNoise's, but source maps are not looked for, since the NHS package does not ship them, and its
    typeface, which would come from another site, is left out of its style sheet."""

    patterns = tuple(
        (glob, tuple(p for p in found if "sourceMappingURL" not in (p if isinstance(p, str) else p[0])))
        for glob, found in CompressedManifestStaticFilesStorage.patterns
    )

    def _save(self, name, content):
        if name.startswith("nhsuk") and name.endswith(".css"):
            content.seek(0)  # the name's hash was made by reading it
            content = ContentFile(FONT_FACE.sub(b"", content.read()))
        return super()._save(name, content)
