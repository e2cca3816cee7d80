"""The rules by which Kubernetes reads network policies, as `Network` reads them."""

from ipaddress import IPv4Network

from deploy.manifests import Manifests, Object
from deploy.network import Network, Peer

NAMESPACE: Object = {"kind": "Namespace", "metadata": {"name": "ours", "labels": {"kind": "ours"}}}
A, B = Peer("a", {"app": "a"}), Peer("b", {"app": "b"})
FRIEND = Peer("friend", {"app": "a"}, namespace={"kind": "friend"})
ADDRESS = Peer("address", addresses=IPv4Network("192.0.2.7/32"))
OPEN = ["1-65535/SCTP", "1-65535", "1-65535/UDP"]


def policy(of: Object, **directions: list[Object]) -> Object:
    kinds = [name.capitalize() for name in directions]
    return {
        "kind": "NetworkPolicy",
        "metadata": {"name": "policy"},
        "spec": {"podSelector": of, "policyTypes": kinds, **directions},
    }


def labelled(app: str) -> Object:
    return {"matchLabels": {"app": app}}


def ports(source: Peer, target: Peer, *policies: Object) -> list[str]:
    return [
        str(each) for each in Network(Manifests((NAMESPACE, *policies))).between(source, target)
    ]


def test_pods_of_no_policy_are_open_to_everybody() -> None:
    assert ports(A, B) == OPEN
    assert ports(ADDRESS, B, policy(labelled("a"), ingress=[])) == OPEN


def test_pods_of_a_policy_are_open_to_those_that_it_names() -> None:
    shut = policy({}, ingress=[], egress=[])
    leaves = policy(
        labelled("a"), egress=[{"to": [{"podSelector": labelled("b")}], "ports": [{"port": 80}]}]
    )
    enters = policy(
        labelled("b"), ingress=[{"from": [{"podSelector": labelled("a")}], "ports": [{"port": 80}]}]
    )
    assert ports(A, B, shut, leaves, enters) == ["80"]
    assert ports(A, B, shut, leaves) == ports(A, B, shut, enters) == []  # both sides have to
    assert ports(B, A, shut, leaves, enters) == []


def test_ports_are_those_that_both_sides_open() -> None:
    to_b = [{"podSelector": labelled("b")}]
    leaves = policy(
        labelled("a"), egress=[{"to": to_b, "ports": [{"port": 80, "endPort": 90}, {"port": 53}]}]
    )
    enters = policy(
        labelled("b"),
        ingress=[{"ports": [{"port": 85, "endPort": 99}, {"port": 53, "protocol": "UDP"}]}],
    )
    assert ports(A, B, leaves, enters) == ["85-90"]


def test_way_without_peers_is_for_everybody_and_without_ports_for_all() -> None:
    assert ports(ADDRESS, B, policy({}, ingress=[{"ports": [{"port": 80}]}])) == ["80"]
    assert ports(A, B, policy({}, ingress=[{"from": [{"podSelector": {}}]}])) == OPEN


def test_selector_of_pods_alone_is_for_those_of_the_namespace() -> None:
    way = [{"from": [{"podSelector": labelled("a")}], "ports": [{"port": 80}]}]
    assert ports(A, B, policy({}, ingress=way)) == ["80"]
    assert ports(FRIEND, B, policy({}, ingress=way)) == []


def test_selector_of_namespaces_takes_all_of_them_and_with_one_of_pods_some() -> None:
    namespaces: Object = {"namespaceSelector": {"matchLabels": {"kind": "friend"}}}
    for peer, expected in (
        (namespaces, ["80"]),
        ({**namespaces, "podSelector": labelled("a")}, ["80"]),
        ({**namespaces, "podSelector": labelled("b")}, []),
    ):
        way = [{"from": [peer], "ports": [{"port": 80}]}]
        assert ports(FRIEND, B, policy({}, ingress=way)) == expected
        assert ports(A, B, policy({}, ingress=way)) == []
    ours = [
        {
            "from": [{"namespaceSelector": {"matchLabels": {"kind": "ours"}}}],
            "ports": [{"port": 80}],
        }
    ]
    assert ports(A, B, policy({}, ingress=ours)) == ["80"]
    everybody = [{"from": [{"namespaceSelector": {}}], "ports": [{"port": 80}]}]
    assert ports(FRIEND, B, policy({}, ingress=everybody)) == ["80"]


def test_block_of_addresses_is_for_what_lies_in_it() -> None:
    for block, expected in (("192.0.2.0/24", ["443"]), ("198.51.100.0/24", [])):
        way = [{"to": [{"ipBlock": {"cidr": block}}], "ports": [{"port": 443}]}]
        assert ports(A, ADDRESS, policy({}, egress=way)) == expected
    assert ports(A, FRIEND, policy({}, egress=way)) == []


def test_expressions_select_by_a_label() -> None:
    for operator, values, expected in (
        ("In", ["a", "c"], ["80"]),
        ("In", ["c"], []),
        ("NotIn", ["c"], ["80"]),
        ("NotIn", ["a"], []),
        ("Exists", None, ["80"]),
        ("DoesNotExist", None, []),
    ):
        expression = {"key": "app", "operator": operator, "values": values}
        way = [
            {"from": [{"podSelector": {"matchExpressions": [expression]}}], "ports": [{"port": 80}]}
        ]
        assert ports(A, B, policy({}, ingress=way)) == expected, operator


def test_peers_are_all_that_policies_name() -> None:
    block: Object = {"ipBlock": {"cidr": "192.0.2.0/24"}}
    edge: Object = {"namespaceSelector": {"matchLabels": {"edge": "true"}}}
    names = {
        peer.name
        for peer in Network(
            Manifests(
                (
                    NAMESPACE,
                    policy(labelled("a"), ingress=[{"from": [edge]}]),
                    policy(labelled("b"), egress=[{"to": [block, {"podSelector": labelled("c")}]}]),
                )
            )
        ).peers()
    }
    assert names == {
        *("pods of app=a", "pods of app=b", "pods of app=c"),
        *("192.0.2.0/24", "namespaces of edge=true"),
        *("any other pod", "any other namespace", "any other address"),
    }
