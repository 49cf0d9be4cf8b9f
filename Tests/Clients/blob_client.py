"""Drives azure-storage-blob over every operation that the Blob API has.

Usage: blob_client.py URL ACCOUNT KEY, where URL is the server's without the account, such as http://127.0.0.1:10000.
"""

import sys

# Each brings its rows.
import blob_access  # noqa: F401
import blob_containers  # noqa: F401
import blob_listing  # noqa: F401
import blob_wire  # noqa: F401
import blob_writing  # noqa: F401
from blob_studio import Studio
from rows import run_rows

if __name__ == "__main__":
    run_rows(Studio(*sys.argv[1:4]))
