from __future__ import annotations

import subprocess
import sys


def run(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)


def test_errors_credentials_and_endpoints_come_without_httpx() -> None:
    names = "import sys, sms_tui.api, sms_tui.api.errors, sms_tui.api.credentials, sms_tui.api.endpoints"
    assert run(f"{names}; sys.exit('httpx' in sys.modules or 'stamina' in sys.modules)").returncode == 0


RETRYING = """
import asyncio, httpx, stamina
from sms_tui.api.client import Client
stamina.set_testing(True, attempts=3)

async def main():
    calls = []
    def reply(request):
        calls.append(request)
        return httpx.Response(429)
    async with Client("http://127.0.0.1", None, transport=httpx.MockTransport(reply)) as client:
        try:
            await client.get_task("t")
        except Exception as error:
            print(type(error).__name__, len(calls))

asyncio.run(main())
"""


def test_retrying_writes_nothing_into_the_terminal_of_the_program() -> None:
    ended = run(RETRYING)
    assert (ended.stdout, ended.stderr) == ("Throttled 3\n", "")
