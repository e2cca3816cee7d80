"""What stands in for cert-manager, whose controllers are in no Go module: it signs what Certificates ask for."""

import base64
import tempfile
import threading
from pathlib import Path
from typing import Any

from cluster.authority import Authority
from cluster.commands import Failed
from cluster.kubectl import Kubectl
from cluster.places import NAMESPACE


class Certificates:
    """Every Certificate of our namespace has its Secret, some seconds after it was made, until this is stopped."""

    def __init__(self, kubectl: Kubectl) -> None:
        self._kubectl = kubectl
        self._folder = tempfile.TemporaryDirectory()
        self._authority = Authority(Path(self._folder.name) / "parts")
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._keep_signing, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()
        self._folder.cleanup()

    def _keep_signing(self) -> None:
        while not self._stopped.wait(3):
            try:
                self._sign_missing()
            except Failed:  # the API server is not there yet, or not any more
                continue

    def _sign_missing(self) -> None:
        secrets = {each["metadata"]["name"] for each in self._kubectl.items("secrets")}
        for certificate in self._kubectl.items("certificates.cert-manager.io"):
            asked = certificate["spec"]
            if asked["secretName"] not in secrets and not asked.get("isCA"):
                self._kubectl.apply(self._secret(asked))

    def _secret(self, asked: dict[str, Any]) -> dict[str, Any]:
        name = asked["secretName"]
        names = ",".join(f"DNS:{each}" for each in asked["dnsNames"])
        self._authority.sign(name, f"/CN={asked['commonName']}", names)
        parts = {"tls.crt": f"{name}.crt", "tls.key": f"{name}.key", "ca.crt": "ca.crt"}
        return {
            "apiVersion": "v1",
            "kind": "Secret",
            "type": "kubernetes.io/tls",
            "metadata": {"name": name, "namespace": NAMESPACE},
            "data": {
                key: base64.b64encode(self._authority.path(file).read_bytes()).decode()
                for key, file in parts.items()
            },
        }
