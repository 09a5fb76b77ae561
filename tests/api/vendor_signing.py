"""The vendor's own signer, as a second opinion on a request that was received."""

from __future__ import annotations

import re
from types import SimpleNamespace
from urllib.parse import parse_qsl

from huaweicloudsdkcore.sdk_request import SdkRequest
from huaweicloudsdkcore.signer.signer import Signer


def vendor_authorization(
    method: str, target: str, headers: dict[str, str], body: bytes, access_key: str, secret_key: str
) -> str:
    """What the vendor would have sent as Authorization, over the headers that the request says it signed.

    `headers` have lower-case names, `target` is path and query as they came over the wire.
    """
    claimed = re.search("SignedHeaders=([^,]*),", headers["authorization"])
    assert claimed is not None
    path, _, query = target.partition("?")
    request = SdkRequest(
        method=method,
        schema="https",
        host=headers["host"],
        resource_path=path,
        query_params=parse_qsl(query, keep_blank_values=True),
        header_params={name: headers[name] for name in claimed[1].split(";")},
        body=body,
    )
    signed = Signer(SimpleNamespace(ak=access_key, sk=secret_key)).sign(request)
    authorization: str = signed.header_params["Authorization"]
    return authorization
