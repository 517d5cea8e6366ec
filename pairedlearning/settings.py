"""Settings. Values come from the environment through `surroundings`; nothing here is secret."""

from importlib.util import find_spec
from pathlib import Path

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from pairedlearning.surroundings import BASE_DIR, env, read_redis, read_secret, read_site

SITE = read_site()
SITE_URL = SITE.url
LOCAL_MODE = SITE.is_local
DEBUG = False
SECRET_KEY = read_secret("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if LOCAL_MODE else [SITE.host])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])

# The rooms. A new element of the programme is one folder and one line here.
ELEMENTS = ["conversations", "shadowing", "workshops", "surgeries", "evaluation"]
# The floors below, from the top down. `projects` is a room half a floor lower.
FLOORS = ["projects", "pairs", "bookings", "cohorts", "reminders", "accounts", "elements"]

INSTALLED_APPS = [
    "pairedlearning",  # the roof, for its commands
    *ELEMENTS,
    *FLOORS,
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "crispy_forms",
    "csp",
    "django_filters",
    "django_htmx",
    "rules",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SignInFirst",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "cohorts.middleware.IdleLimit",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.middleware.never_cached",
    "accounts.middleware.in_house_style",
    "accounts.middleware.handed_in",
    "accounts.middleware.RefusedInWords",
]

ROOT_URLCONF = "pairedlearning.urls"
WSGI_APPLICATION = "pairedlearning.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "elements.context.house",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "nhsuk"

# People and sign-in
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.ContextWordsValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.InvitationOnly"
ACCOUNT_FORMS = {
    "login": "accounts.sign_in.SignInForm",
    "request_login_code": "accounts.sign_in.AskForCodeForm",
    "confirm_login_code": "accounts.sign_in.SignInCodeForm",
    "confirm_email_verification_code": "accounts.sign_in.EmailCodeForm",
    "confirm_password_reset_code": "accounts.sign_in.ResetCodeForm",
    "add_email": "accounts.sign_in.AddEmailForm",
    "reset_password": "accounts.sign_in.ResetPasswordForm",
    "reset_password_from_key": "accounts.sign_in.CompleteResetForm",
    "change_password": "accounts.sign_in.ChangePasswordForm",
    "set_password": "accounts.sign_in.SetPasswordForm",
    "reauthenticate": "accounts.sign_in.ReauthenticateForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody is written to whose address nobody here has given
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Guesses are counted by account and network address together; in a browser where that person signed in before, apart
# from everybody else's: a named victim is not locked out, nor a hospital whose people share one address. From 40 tries
# an hour for one guesser to 60 for all of them: one guesser alone never uses up what an account has from new browsers.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "10/15m/key",  # account and address
    "login_failed_account": "60/h/key",  # from browsers that do not know the account
    "login_failed_address": "100/5m/ip",
    "login_failed_known": "10/15m/key",  # one browser that knows the account
    "login": "300/m/ip",  # right or wrong: a whole workshop signs in at once
    "request_login_code": "100/m/ip,3/m/key",
    "reset_password": "100/m/ip,5/m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "sid" if LOCAL_MODE else "__Host-sid"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not LOCAL_MODE
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 43200
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
KNOWN_BROWSER_COOKIE_NAME = "known" if LOCAL_MODE else "__Host-known"
CSRF_COOKIE_NAME = "csrf" if LOCAL_MODE else "__Host-csrf"
CSRF_FAILURE_VIEW = "accounts.views.csrf_failure"
IDLE_LIMIT_PRIVILEGED = 1800
IDLE_LIMIT = 7200
OWN_PHONE_LIMIT = 30 * 24 * 3600  # of a phone that its owner called her own, unless she is privileged

# The browser
SECURE_SSL_REDIRECT = not LOCAL_MODE
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 0 if LOCAL_MODE else 31536000
SECURE_HSTS_INCLUDE_SUBDOMAINS = not LOCAL_MODE
SECURE_HSTS_PRELOAD = env.bool("HSTS_PRELOAD", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
DATA_UPLOAD_MAX_NUMBER_FILES = 2
FILE_UPLOAD_PERMISSIONS = 0o640
FILE_UPLOAD_HANDLERS = [
    "elements.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# Data
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'db.sqlite3'}")}
# A thread keeps its connection: to open one costs as much as several questions do.
DATABASES["default"]["CONN_MAX_AGE"] = 60
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA foreign_keys=ON;PRAGMA busy_timeout=20000;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
        "-c statement_timeout=15000 -c lock_timeout=4000 -c idle_in_transaction_session_timeout=30000"
    )
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = read_redis("REDIS_URL")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    )
}

# Words and time
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
FORMAT_MODULE_PATH = ["elements.formats"]

# Static files: ours, and the NHS frontend's from its package
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default="") or BASE_DIR / "staticfiles")
_nhsuk = find_spec("wagtailnhsukfrontend")
if env.str("NHSUK_DIST", default=""):
    NHSUK_DIST = Path(env.str("NHSUK_DIST"))
elif _nhsuk and _nhsuk.origin:
    NHSUK_DIST = Path(_nhsuk.origin).parent / "static" / "wagtailnhsukfrontend"
else:
    raise ImproperlyConfigured("The NHS frontend is missing: install requirements-assets.txt with --no-deps.")
STATICFILES_DIRS = [BASE_DIR / "static", ("nhsuk", NHSUK_DIST)]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env.str("STATICFILES_STORAGE", default="pairedlearning.staticfiles.HashedFiles"),
    },
}

# Post: allauth's mail and ours enter the outbox; one place sends
EMAIL_BACKEND = "reminders.backend.OutboxBackend"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("FROM_EMAIL", default="paired-learning@localhost.example" if LOCAL_MODE else "")
if not DEFAULT_FROM_EMAIL:
    raise ImproperlyConfigured("FROM_EMAIL must name the address that messages come from.")
SMTP_URL = env.str("SMTP_URL", default="")  # empty in local mode: the mailbox page shows what would have gone out
if not SMTP_URL and not LOCAL_MODE:
    raise ImproperlyConfigured("SMTP_URL must name the mail server, as smtp://user:password@mail.example.org:587.")

DEMO_PASSWORD = env.str("DEMO_PASSWORD", default="")

# Celery: eager and embedded unless there is a Redis
CELERY_BROKER_URL = REDIS_URL or None
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SOFT_TIME_LIMIT = 240
CELERY_TASK_TIME_LIMIT = 300
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 900}
CELERY_RESULT_BACKEND_TRANSPORT_OPTIONS = {"visibility_timeout": 900}
CELERY_VISIBILITY_TIMEOUT = 900
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "reminders": {"task": "reminders.compose_due", "schedule": 60.0, "options": {"expires": 55}},
    "post": {"task": "reminders.send_due", "schedule": 60.0, "options": {"expires": 55}},
    "sessions": {"task": "accounts.clear_sessions", "schedule": 86400.0, "options": {"expires": 3600}},
    "drafts": {"task": "accounts.forget_drafts", "schedule": 86400.0, "options": {"expires": 3600}},
    "uploads": {"task": "cohorts.forget_uploads", "schedule": 86400.0, "options": {"expires": 3600}},
    "offers": {"task": "bookings.lapse_offers", "schedule": 60.0, "options": {"expires": 55}},
    "feedback": {"task": "workshops.ask_and_close", "schedule": 60.0, "options": {"expires": 55}},
    "times": {"task": "pairs.forget_old_times", "schedule": 86400.0, "options": {"expires": 3600}},
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "pairedlearning.log_lines.PlainLines",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
