"""Load made-up cohorts to look at."""

from django.core.management.base import BaseCommand

from elements import clock
from pairedlearning.demo import demo_password, make_demo


class Command(BaseCommand):
    help = "Load the demonstration: made-up cohorts of this year and the last. Safe to run again."

    def handle(self, *args, **options):
        password = demo_password()
        addresses = make_demo(password=password, on=clock.today())
        if not addresses:
            self.stdout.write("The demonstration is here already; sign in as before.")
            return
        self.stdout.write("The demonstration is ready. Sign in as one of:")
        for address in addresses:
            self.stdout.write(f"  {address}")
        self.stdout.write(f"with the password {password}")
