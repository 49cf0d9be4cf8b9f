"""Plain requests to the Vision API: all that there is, odd but legal spellings, and all that is refused.

Usage: vision_requests.py URL KEY BLOB_URL ACCOUNT ACCOUNT_KEY OTHER_KEY OTHER_ACCOUNT OTHER_ACCOUNT_KEY
where OTHER is another resource group of the same server.
"""

import sys

# Each brings its rows; the later ones use what the first has made.
import vision_things  # noqa: F401, I001
import vision_analysis  # noqa: F401
import vision_refusals  # noqa: F401
from rows import run_rows
from vision_caller import Caller
from vision_server import Server

run_rows(Caller(Server(sys.argv[1:])))
