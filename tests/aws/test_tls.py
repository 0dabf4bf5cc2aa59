#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ec2-targets over TLS: whom it trusts, and what --ca-file and --insecure change."""
import datetime
import ipaddress
import ssl
import unittest

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from servers.fleet import Card, Machine
from support import MAIN, AwsTest


def self_signed(folder):
    """A key and a certificate for 127.0.0.1 that nobody else has signed."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "PatchBot test")])
    year = datetime.timedelta(days=365)
    now = datetime.datetime.now(datetime.timezone.utc)
    certificate = (x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
                   .serial_number(1).not_valid_before(now - year).not_valid_after(now + year)
                   .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
                   .sign(key, hashes.SHA256()))
    files = folder / "key.pem", folder / "certificate.pem"
    files[0].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                           serialization.NoEncryption()))
    files[1].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    return files


class TlsTest(AwsTest):
    def setUp(self):
        super().setUp()
        key, self.certificate = self_signed(self.folder)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate, key)
        server = self.aws._server
        server.socket = context.wrap_socket(server.socket, server_side=True)
        self.environment["AWS_ENDPOINT_URL"] = self.aws.url.replace("http:", "https:")
        self.fleet.add(MAIN, "eu-west-1", Machine("i-1", [Card([("10.0.0.1", None)])]))
        self.one = self.config("aws: { regions: [eu-west-1] }\n")

    def test_a_stranger_is_not_trusted_and_not_asked_again(self):
        run = self.fails(4, *self.one)
        self.assertIn("--ca-file", run.err)
        self.assertEqual(run.out, "")
        self.assertEqual(self.aws.calls, [])

    def test_a_certificate_of_ones_own(self):
        self.assertEqual(self.succeeds("--ca-file", str(self.certificate), *self.one).ids, ["i-1"])
        self.assertEqual(self.succeeds(*self.one, AWS_CA_BUNDLE=str(self.certificate)).ids, ["i-1"])

    def test_a_ca_file_that_is_none(self):
        self.assertIn("nowhere.pem", self.fails(4, "--ca-file", "nowhere.pem", *self.one).err)

    def test_trusting_anybody_is_said_aloud(self):
        run = self.succeeds("--insecure", *self.one)
        self.assertEqual(run.ids, ["i-1"])
        self.assertIn("warning: --insecure", run.err)


if __name__ == "__main__":
    unittest.main()
