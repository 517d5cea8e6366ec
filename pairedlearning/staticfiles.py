"""Static files under names that carry their content, compressed."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):
    """As WhiteNoise's, but source maps are not looked for: the NHS package does not ship them."""

    patterns = tuple(
        (glob, tuple(p for p in found if "sourceMappingURL" not in (p if isinstance(p, str) else p[0])))
        for glob, found in CompressedManifestStaticFilesStorage.patterns
    )
