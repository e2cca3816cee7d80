"""Who reaches whom by the network policies of manifests, as a network that holds to them sees it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from ipaddress import IPv4Network

from deploy.manifests import Manifests, Object

Labels = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Peer:
    """Pods of ours, pods of other namespaces, or addresses."""

    name: str
    labels: Labels = field(default_factory=dict)
    namespace: Labels | None = None  # labels of another namespace
    addresses: IPv4Network | None = None  # outside of the cluster

    @property
    def is_ours(self) -> bool:
        return self.namespace is None and self.addresses is None


@dataclass(frozen=True, slots=True, order=True)
class Ports:
    protocol: str
    first: int
    last: int

    def __str__(self) -> str:
        number = f"{self.first}" if self.first == self.last else f"{self.first}-{self.last}"
        return number if self.protocol == "TCP" else f"{number}/{self.protocol}"

    def both(self, other: "Ports") -> "Ports | None":
        first, last = max(self.first, other.first), min(self.last, other.last)
        same = self.protocol == other.protocol and first <= last
        return Ports(self.protocol, first, last) if same else None


ALL_PORTS = frozenset(Ports(protocol, 1, 65535) for protocol in ("TCP", "UDP", "SCTP"))
# Nobody in particular: a pod of ours without labels, a namespace that has none, an address of no policy (RFC 5737).
STRANGERS = (
    Peer("any other pod"),
    Peer("any other namespace", namespace={"kubernetes.io/metadata.name": "other"}),
    Peer("any other address", addresses=IPv4Network("203.0.113.113/32")),
)


class Network:
    def __init__(self, manifests: Manifests) -> None:
        self._policies = manifests.of_kind("NetworkPolicy")
        [namespace] = manifests.of_kind("Namespace")
        self._namespace: Labels = {
            "kubernetes.io/metadata.name": namespace["metadata"]["name"],
            **namespace["metadata"].get("labels", {}),
        }
        self._pods = [Peer(pod.name, pod.labels) for pod in (*manifests.pods, *manifests.ray_pods)]

    def peers(self) -> list[Peer]:
        """Returns the pods of the manifests, all others that a policy names, and strangers."""
        return [*self._pods, *self._named(), *STRANGERS]

    def ways(self) -> Iterator[tuple[Peer, Peer, list[Ports]]]:
        """Yields who reaches whom, and by which ports; what goes on outside is not ours to say."""
        peers = self.peers()
        for source in peers:
            for target in peers:
                if source.is_ours or target.is_ours:
                    ports = self.between(source, target)
                    if ports:
                        yield source, target, ports

    def between(self, source: Peer, target: Peer) -> list[Ports]:
        """Returns the ports by which both sides let the one go to the other."""
        leaves = self._allowed("Egress", source, target) if source.is_ours else ALL_PORTS
        enters = self._allowed("Ingress", target, source) if target.is_ours else ALL_PORTS
        both = (one.both(other) for one in leaves for other in enters)
        return sorted({ports for ports in both if ports is not None})

    def _allowed(self, direction: str, pod: Peer, other: Peer) -> frozenset[Ports]:
        about = [
            policy["spec"]
            for policy in self._policies
            if direction in policy["spec"]["policyTypes"]
            and _selects(policy["spec"]["podSelector"], pod.labels)
        ]
        if not about:
            return ALL_PORTS
        ways, side = ("ingress", "from") if direction == "Ingress" else ("egress", "to")
        return frozenset(
            ports
            for spec in about
            for way in spec.get(ways, ())
            if not way.get(side) or any(self._is_of(each, other) for each in way[side])
            for ports in (map(_ports, way["ports"]) if way.get("ports") else ALL_PORTS)
        )

    def _is_of(self, wanted: Object, peer: Peer) -> bool:
        if block := wanted.get("ipBlock"):
            assert wanted.keys() == {"ipBlock"} and block.keys() == {"cidr"}
            return peer.addresses is not None and peer.addresses.subnet_of(
                IPv4Network(block["cidr"])
            )
        if peer.addresses is not None:
            return False
        if "namespaceSelector" in wanted:
            namespace = self._namespace if peer.namespace is None else peer.namespace
            if not _selects(wanted["namespaceSelector"], namespace):
                return False
        elif peer.namespace is not None:
            return False
        return _selects(wanted.get("podSelector", {}), peer.labels)

    def _named(self) -> list[Peer]:
        """Returns what policies name and the manifests do not have."""
        found: dict[str, Peer] = {}
        for policy in self._policies:
            spec = policy["spec"]
            for labels in _examples(spec["podSelector"]):
                if labels and not any(labels.items() <= pod.labels.items() for pod in self._pods):
                    found.setdefault(_text(labels), Peer(f"pods of {_text(labels)}", labels))
            for way in (*spec.get("ingress", ()), *spec.get("egress", ())):
                for wanted in (*way.get("from", ()), *way.get("to", ())):
                    for peer in self._peers_of(wanted):
                        found.setdefault(peer.name, peer)
        return list({peer.name: peer for peer in found.values()}.values())

    def _peers_of(self, wanted: Object) -> Iterator[Peer]:
        if block := wanted.get("ipBlock"):
            yield Peer(block["cidr"], addresses=IPv4Network(block["cidr"]))
            return
        for labels in _examples(wanted.get("podSelector", {})):
            pods = f"pods of {_text(labels)}"
            if "namespaceSelector" not in wanted:
                if not any(labels.items() <= pod.labels.items() for pod in self._pods):
                    yield Peer(pods, labels)
                continue
            for namespace in _examples(wanted["namespaceSelector"]):
                name = f"namespaces of {_text(namespace)}"
                yield Peer(f"{pods} in {name}" if labels else name, labels, namespace)


def _ports(port: Object) -> Ports:
    assert isinstance(port["port"], int)  # a name is another one in each pod
    return Ports(port.get("protocol", "TCP"), port["port"], port.get("endPort", port["port"]))


_OPERATORS: Mapping[str, Callable[[Labels, Object], bool]] = {
    "In": lambda labels, each: labels.get(each["key"]) in each["values"],
    "NotIn": lambda labels, each: labels.get(each["key"]) not in each["values"],
    "Exists": lambda labels, each: each["key"] in labels,
    "DoesNotExist": lambda labels, each: each["key"] not in labels,
}


def _selects(selector: Object, labels: Labels) -> bool:
    assert selector.keys() <= {"matchLabels", "matchExpressions"}
    return selector.get("matchLabels", {}).items() <= labels.items() and all(
        _OPERATORS[each["operator"]](labels, each) for each in selector.get("matchExpressions", ())
    )


def _examples(selector: Object) -> Iterator[Labels]:
    """Yields labels that the selector selects, of all that it can mean: it has one list of values at most."""
    exact = selector.get("matchLabels", {})
    lists: Iterable[Object] = selector.get("matchExpressions", ())
    if not lists:
        yield exact
        return
    [one] = lists
    assert one["operator"] == "In"
    for value in one["values"]:
        yield {**exact, one["key"]: value}


def _text(labels: Labels) -> str:
    return ", ".join(f"{key}={value}" for key, value in sorted(labels.items()))
