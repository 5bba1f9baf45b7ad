"""Events arrive where they are wanted, signed: test_webhooks.py WAYMARK"""

import json
import os
import socket
import sys
import time
import unittest

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from checked import CheckedServer
from servers.receivers import webhook_receiver
from servers.webhook_receiver import why_unverified
from tap import run

WAYMARK = sys.argv[1]
CLIENT = {"name": "Client", "country": "DE", "currency": "EUR", "time_zone": "Europe/Berlin"}


def setUpModule():
    global server
    server = CheckedServer(WAYMARK, "--webhooks-to-private-addresses", "true")
    unittest.enterModuleContext(server)


def add_endpoint(receiver, *events):
    form = {"url": f"http://127.0.0.1:{receiver.port}/in", "events": events}
    return owner.made("/webhooks", form)


def arrived(receiver, count):
    """What the receiver got, once it is that many."""
    give_up = time.monotonic() + 30
    while len(receiver.received()) < count:
        assert time.monotonic() < give_up, receiver.received()
        time.sleep(0.05)
    return receiver.received()


def delivery_of(endpoint, state):
    """The only delivery to an endpoint, once it is in that state."""
    give_up = time.monotonic() + 30
    path = f"/deliveries?endpoint_id={endpoint['id']}"
    while True:
        (delivery,) = owner.get(path).data["items"]
        if delivery["state"] == state:
            return delivery
        assert time.monotonic() < give_up, delivery
        time.sleep(0.05)


def tested(who, port, times):
    """A new endpoint, to which so many tests are on their way."""
    endpoint = who.made("/webhooks", {"url": f"http://127.0.0.1:{port}/"})
    for _ in range(times):
        who.made(f"/webhooks/{endpoint['id']}/test")
    return endpoint


class Webhooks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        global owner
        owner = server.sign_in()

    def test_an_event_arrives_signed_with_the_secret_that_was_told(self):
        with webhook_receiver() as receiver:
            endpoint = add_endpoint(receiver, "client.created")
            client = owner.made("/clients", CLIENT)
            (request,) = arrived(receiver, 1)
            body = request["body"].encode()
            secrets = [endpoint["new_secret"]]
            self.assertIsNone(why_unverified(secrets, request["headers"], body, time.time()))
            self.assertEqual(json.loads(body)["type"], "client.created")
            self.assertEqual(json.loads(body)["data"], {"subject_id": client["id"]})
            delivery = delivery_of(endpoint, "delivered")
            self.assertEqual(delivery["id"], request["headers"]["webhook-id"])

    def test_a_test_arrives_and_is_sent_again_with_the_same_id(self):
        with webhook_receiver() as receiver:
            endpoint = add_endpoint(receiver, "invoice.issued")
            answer = owner.post(f"/webhooks/{endpoint['id']}/test")
            self.assertEqual(answer.status, 202)
            arrived(receiver, 1)
            delivery_of(endpoint, "delivered")
            self.assertEqual(owner.post(f"/deliveries/{answer.data['id']}/replay").status, 202)
            ids = [request["headers"]["webhook-id"] for request in arrived(receiver, 2)]
            self.assertEqual(ids, [answer.data["id"]] * 2)

    def test_whoever_answers_that_it_is_gone_is_called_no_more(self):
        with webhook_receiver("--status", "410") as receiver:
            endpoint = add_endpoint(receiver, "invoice.issued")
            answer = owner.post(f"/webhooks/{endpoint['id']}/test")
            delivery_of(endpoint, "dead")
            self.assertEqual(owner.get(f"/webhooks/{endpoint['id']}").data["state"], "disabled")
            refused = owner.post(f"/deliveries/{answer.data['id']}/replay")
            self.assertEqual((refused.status, refused.slug), (409, "wrong-state"))
            self.assertEqual(owner.post(f"/webhooks/{endpoint['id']}/enable").status, 200)
            self.assertEqual(owner.post(f"/deliveries/{answer.data['id']}/replay").status, 202)
            arrived(receiver, 2)


class Silence(unittest.TestCase):
    """An endpoint takes calls and does not answer: each attempt takes 20 seconds."""

    def test_nobody_waits_for_an_endpoint_that_does_not_answer(self):
        with socket.create_server(("127.0.0.1", 0)) as silent, webhook_receiver() as receiver:
            with CheckedServer(WAYMARK, "--webhooks-to-private-addresses", "true") as other:
                owner = other.sign_in()

                unheard = tested(owner, silent.getsockname()[1], 4)
                calls = [silent.accept()]
                client = owner.made("/clients", CLIENT)
                contact = owner.made(f"/clients/{client['id']}/contacts",
                                     {"name": "Carl", "email": "carl@client.example", "role": "viewer"})
                begin = time.monotonic()
                other.enter_by_invitation(owner, contact)
                self.assertLess(time.monotonic() - begin, 10)  # mail does not wait

                tested(owner, receiver.port, 1)
                arrived(receiver, 1)  # it waits for one attempt, not for all that wait there
                deliveries = owner.get(f"/deliveries?endpoint_id={unheard['id']}").data["items"]
                self.assertEqual(sum(one["attempts"] for one in deliveries), 1)
                self.assertTrue(all(one["state"] == "pending" for one in deliveries))

                for _ in range(4):
                    owner.made(f"/webhooks/{unheard['id']}/test")
                calls.append(silent.accept())
                begin = time.monotonic()
            self.assertLess(time.monotonic() - begin, 25)  # nor do those who stop the server
            for connection, _ in calls:
                connection.close()

    def test_an_endpoint_that_answers_late_rests_while_others_are_called(self):
        with socket.create_server(("127.0.0.1", 0)) as late, webhook_receiver() as receiver, \
             CheckedServer(WAYMARK, "--webhooks-to-private-addresses", "true") as other:
            owner = other.sign_in()
            endpoint = tested(owner, late.getsockname()[1], 3)
            with late.accept()[0] as connection:
                time.sleep(6)
                connection.recv(65536)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            tested(owner, receiver.port, 1)
            arrived(receiver, 1)
            deliveries = owner.get(f"/deliveries?endpoint_id={endpoint['id']}").data["items"]
            states = [one["state"] for one in deliveries]
            self.assertEqual((states.count("delivered"), states.count("pending")), (1, len(states) - 1))
            self.assertGreater(len(states), 2)


if __name__ == "__main__":
    run()
