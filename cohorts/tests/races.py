"""Several writes at the same moment, each in a connection of its own."""

import threading

from django.db import connections

PATIENCE = 30  # seconds


def at_once(*calls) -> list:
    """What each call raised, None where it went well."""
    start, raised = threading.Barrier(len(calls)), [AssertionError("did not end")] * len(calls)

    def run(place, call):
        try:
            start.wait(PATIENCE)
            call()
            raised[place] = None
        except Exception as error:  # whatever it is, the test says what it should have been
            raised[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return raised


def refusals(raised) -> list:
    return [type(error) for error in raised if error is not None]
