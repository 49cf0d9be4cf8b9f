"""Validates the OpenAPI document that a server serves.

Usage: openapi_check.py URL ...
"""

import sys

import requests
from openapi_spec_validator import OpenAPIV31SpecValidator

answer = requests.get(f"{sys.argv[1]}/openapi.json", timeout=120)
assert answer.status_code == 200 and answer.headers["Content-Type"] == "application/json; charset=utf-8"
errors = list(OpenAPIV31SpecValidator(answer.json()).iter_errors())
assert not errors, "\n".join(str(error) for error in errors)
