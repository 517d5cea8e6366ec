# One image for web, worker and beat; compose.yaml says which of them a container is.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
RUN useradd --create-home --uid 10001 house
WORKDIR /home/house/app

COPY requirements.txt requirements-assets.txt ./
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes -r requirements.txt \
 && pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes -r requirements-assets.txt

COPY --chown=house:house . .
RUN mkdir -p var staticfiles && chown house:house . var staticfiles
USER house

# Static files need no secret; the keys of the installation come in when it runs.
RUN key=$(python -c "print('x' * 60)") \
 && SITE_URL=http://localhost SECRET_KEY=$key PSEUDONYM_KEY=$key python manage.py collectstatic --noinput --verbosity 0

EXPOSE 8000
CMD ["python", "manage.py", "serve", "--no-scheduler"]
