"""Reporting of errors to Sentry."""

import sentry_sdk


def report_to_sentry(dsn: str | None, *, environment: str, release: str) -> None:
    """Reports unhandled errors of every request; does nothing without a DSN."""
    if dsn is None:
        return
    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release,
        send_default_pii=False,
    )
