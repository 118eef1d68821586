"""HTML on standard input becomes a PDF on standard output: run as a program of its own (`printing` starts it).

Nothing is fetched: what the paper shows stands in the HTML. Exit 3: the libraries for typesetting (Pango) are not installed.
"""

import sys

NOT_INSTALLED = 3


def main() -> int:
    """Typeset what comes in; the exit code."""
    try:
        from weasyprint import HTML  # noqa: PLC0415  takes a second, and fails where Pango is missing
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except (OSError, ImportError) as error:
        sys.stderr.write(str(error))
        return NOT_INSTALLED
    page = HTML(string=sys.stdin.buffer.read().decode(), url_fetcher=URLFetcher(allowed_protocols=()))
    sys.stdout.buffer.write(page.write_pdf())
    return 0


if __name__ == "__main__":
    sys.exit(main())
