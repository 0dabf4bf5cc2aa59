// SPDX-License-Identifier: Apache-2.0
#include "services/aws/sigv4.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "base/text.hpp"
#include "services/aws/canonical_request.hpp"
#include "services/aws/digest.hpp"

namespace patchbot::aws {
namespace {

const Time moment = *parse_rfc3339("2026-01-02T03:04:05Z");

Credentials example_credentials(const std::string& token = {}) {
  Credentials credentials;
  credentials.key_id = "AKIDEXAMPLE";
  credentials.secret = Secret("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
  credentials.token = Secret(token);
  return credentials;
}

struct Signed {
  std::string canonical_hash;
  std::string signed_headers;
  std::string signature;
};

std::string authorization_of(const HttpRequest& request) {
  for (const HttpHeader& header : request.headers) {
    if (header.name == "Authorization") return header.value;
  }
  return {};
}

Signed signed_as(HttpRequest request, std::string_view service, const std::string& token = {}) {
  sign(request, example_credentials(token), "eu-west-1", service, moment);
  const std::string value = authorization_of(request);
  const auto marker = value.find("Signature=");
  request.headers.pop_back();
  const CanonicalRequest canonical = canonical_request(request, service);
  return {sha256_hex(canonical.text), canonical.signed_headers, value.substr(marker + 10)};
}

std::string canonical(HttpRequest request, std::string_view service = "ec2") {
  return canonical_request(request, service).text;
}

HttpRequest get(const std::string& url) {
  HttpRequest request;
  request.url = url;
  return request;
}

const std::string nothing_hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

// The four vectors have been computed with botocore.

TEST(SigV4, SignsAFormWithASessionToken) {
  HttpRequest request;
  request.method = "POST";
  request.url = "https://ec2.eu-west-1.amazonaws.com/";
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}};
  request.body =
      "Action=DescribeImages&Filter.1.Name=tag%3ATeam&Filter.1.Value.1=a%20b&Owner.1=self"
      "&Version=2016-11-15";

  const Signed result = signed_as(request, "ec2", "TOKEN");

  EXPECT_EQ(result.signed_headers, "content-type;host;x-amz-date;x-amz-security-token");
  EXPECT_EQ(result.canonical_hash,
            "9f4a09033cf2b43ec0d9effafd801456436b835da8cdce3b9ddfae1b1fbc8141");
  EXPECT_EQ(result.signature, "d916f00e323a6a504c384a1455d5514fc0dfdecf560dc62b6be6354f91d8097a");
}

TEST(SigV4, SignsJsonWithItsTarget) {
  HttpRequest request;
  request.method = "POST";
  request.url = "https://ssm.eu-west-1.amazonaws.com/";
  request.headers = {{"Content-Type", "application/x-amz-json-1.1"},
                     {"X-Amz-Target", "AmazonSSM.GetParameter"}};
  request.body = R"({"Name":"/a/b"})";

  const Signed result = signed_as(request, "ssm");

  EXPECT_EQ(result.signed_headers, "content-type;host;x-amz-date;x-amz-target");
  EXPECT_EQ(result.canonical_hash,
            "e25a4dcaf64cf8da5924da7a392696f4002e4a786d2cd6fa32bcf0088c44d8e9");
  EXPECT_EQ(result.signature, "200c835df20333dd49a850c0b6fe650f4318b708c1d909af9cd90a841ce86564");
}

TEST(SigV4, EncodesThePathOfS3OnlyOnce) {
  const Signed result = signed_as(get("https://bkt.s3.eu-west-1.amazonaws.com/dt%3D2026/"
                                      "a%20b%2Bc.json?versionId=x%2Fy"),
                                  "s3");

  EXPECT_EQ(result.signed_headers, "host;x-amz-content-sha256;x-amz-date");
  EXPECT_EQ(result.canonical_hash,
            "cabbf8c949630adbc317731cbf899712038fff0485ea780c677b42faea93ddca");
  EXPECT_EQ(result.signature, "dc8d8f1f68350e2f7aef4a587ad46c90109f457eba9bdfd99ee28bf94fb81f63");
}

TEST(SigV4, EncodesThePathOfOtherServicesTwice) {
  const HttpRequest request =
      get("https://lambda.eu-west-1.amazonaws.com/2015-03-31/functions/"
          "arn%3Aaws%3Alambda%3Aeu-west-1%3A123456789012%3Afunction%3Af");

  const Signed result = signed_as(request, "lambda");

  EXPECT_NE(canonical(request, "lambda").find("%253A"), std::string::npos);
  EXPECT_EQ(result.canonical_hash,
            "f7acd1b645502f80363d5763b11d217c7a446c6ad8ad4085e4b26264fa7920f6");
  EXPECT_EQ(result.signature, "4d08af7521d30136553960b20f636f6572e9a1f834d62a410b6db492838cd842");
}

TEST(SigV4, SignsTheHostAsItIsSent) {
  const auto host_of = [](const std::string& url) {
    const std::string text = canonical(get(url));
    const auto start = text.find("host:") + 5;
    return text.substr(start, text.find('\n', start) - start);
  };

  EXPECT_EQ(host_of("http://localhost:5000/"), "localhost:5000");
  EXPECT_EQ(host_of("http://localhost:80/x"), "localhost");
  EXPECT_EQ(host_of("http://localhost:443"), "localhost:443");
  EXPECT_EQ(host_of("https://localhost:443"), "localhost");
  EXPECT_EQ(host_of("HTTPS://localhost:443?x"), "localhost");
  EXPECT_EQ(host_of("https://localhost:80/"), "localhost:80");
  EXPECT_EQ(host_of("http://[::1]:5000/"), "[::1]:5000");
  EXPECT_EQ(host_of("http://[fd00:ec2::80]/"), "[fd00:ec2::80]");
  EXPECT_EQ(host_of("http://user:word@proxy:8080/"), "proxy:8080");
}

TEST(SigV4, TakesAHostHeaderOfTheCaller) {
  HttpRequest request = get("http://127.0.0.1:5000/");
  request.headers = {{"Host", "ec2.eu-west-1.amazonaws.com"}};

  EXPECT_EQ(canonical(request),
            "GET\n/\n\nhost:ec2.eu-west-1.amazonaws.com\n\nhost\n" + nothing_hash);
}

TEST(SigV4, SortsTheQueryByKeyThenValue) {
  EXPECT_EQ(canonical(get("https://h?b=2&a=2&a-b=1&a=10&a")),
            "GET\n/\na=&a=10&a=2&a-b=1&b=2\nhost:h\n\nhost\n" + nothing_hash);
  EXPECT_EQ(canonical(get("https://h/?versioning")),
            "GET\n/\nversioning=\nhost:h\n\nhost\n" + nothing_hash);
  EXPECT_EQ(canonical(get("https://h/?a==&&%2F=1&")),
            "GET\n/\n%2F=1&a==\nhost:h\n\nhost\n" + nothing_hash);
}

TEST(SigV4, LeavesThePathOtherwiseAsItIs) {
  EXPECT_EQ(canonical(get("https://h/a/../b//c%20d"), "s3"),
            "GET\n/a/../b//c%20d\n\nhost:h\n\nhost\n" + nothing_hash);
  EXPECT_EQ(canonical(get("https://h/a/../b//c%20d"), "ssm"),
            "GET\n/a/../b//c%2520d\n\nhost:h\n\nhost\n" + nothing_hash);
}

TEST(SigV4, FoldsMergesAndSortsHeaders) {
  HttpRequest request = get("https://h/");
  request.headers = {{"X-Amz-Server-Side-Encryption-Aws-Kms-Key-Id", "k"},
                     {"x-amz-server-side-encryption", " aws:kms\t "},
                     {"X-Two", "a  b \t c"},
                     {"x-two", "d"},
                     {"X-Empty", ""}};

  EXPECT_EQ(canonical(request),
            "GET\n/\n\nhost:h\nx-amz-server-side-encryption:aws:kms\n"
            "x-amz-server-side-encryption-aws-kms-key-id:k\nx-empty:\nx-two:a b c,d\n\n"
            "host;x-amz-server-side-encryption;x-amz-server-side-encryption-aws-kms-key-id;"
            "x-empty;x-two\n" +
                nothing_hash);
}

TEST(SigV4, NamesTheScopeInTheAuthorization) {
  HttpRequest request = get("https://h/");

  sign(request, example_credentials(), "eu-west-1", "ec2", moment);

  EXPECT_TRUE(authorization_of(request).starts_with(
      "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260102/eu-west-1/ec2/aws4_request, "
      "SignedHeaders=host;x-amz-date, Signature="));
}

TEST(SigV4, SignsARequestAgainAsIfItWereNew) {
  HttpRequest once = get("https://bkt.s3.eu-west-1.amazonaws.com/k");
  once.headers = {{"X-Amz-Target", "t"}};
  HttpRequest twice = once;

  sign(twice, example_credentials("OLD"), "eu-west-1", "s3", moment - std::chrono::hours(1));
  sign(twice, example_credentials("NEW"), "eu-west-1", "s3", moment);
  sign(once, example_credentials("NEW"), "eu-west-1", "s3", moment);

  EXPECT_EQ(twice.headers, once.headers);
}

TEST(SigV4, LeavesARequestUnsignedWithoutAKey) {
  HttpRequest request = get("https://h/");

  sign(request, Credentials{}, "eu-west-1", "sts", moment);

  EXPECT_TRUE(request.headers.empty());
}

TEST(Digest, KnowsTheTextbookValues) {
  EXPECT_EQ(sha256_hex(""), nothing_hash);
  EXPECT_EQ(sha1_hex("abc"), "a9993e364706816aba3e25717850c26c9cd0d89d");
  EXPECT_EQ(to_hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

}  // namespace
}  // namespace patchbot::aws
