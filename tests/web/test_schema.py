"""Random input after the OpenAPI description: whatever is sent, nothing breaks."""

import schemathesis
from hypothesis import HealthCheck, settings

from decide.web import create_app
from decide.web.guard import Bounds
from tests.shipped import CATALOG

APP = create_app(CATALOG, Bounds(rate=1e9, burst=1e9), warm=False, hosts=None)
SCHEMA = schemathesis.openapi.from_asgi("/openapi.json", APP)


@SCHEMA.parametrize()
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_nothing_that_the_description_allows_breaks_it(case: schemathesis.Case) -> None:
    response = case.call()
    assert response.status_code < 500, response.text[:300]
    case.validate_response(response, checks=[schemathesis.checks.not_a_server_error])
