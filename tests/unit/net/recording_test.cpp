// SPDX-License-Identifier: Apache-2.0
#include "net/recording.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "scripted.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

namespace fs = std::filesystem;
using test::fault_of;
using test::lost;
using test::replied;
using test::slurp;
using test::TempDir;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

HttpRequest get(const std::string& url, const std::string& scope = {}) {
  HttpRequest request;
  request.url = url;
  request.label = "toy Get in eu-west-1";
  request.scope = scope;
  return request;
}

class Recording : public testing::Test {
 protected:
  /// A recorder that answers with `answers`, in order.
  std::unique_ptr<Transport> recorder(std::deque<HttpResponse> answers) {
    auto inner = std::make_unique<test::ScriptedTransport>();
    inner->answers = std::move(answers);
    return recording_transport(std::move(inner), folder(), head);
  }

  fs::path folder() const { return dir.path() / "new" / "recording"; }

  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : fs::directory_iterator(folder()))
      all.push_back(entry.path().filename());
    std::sort(all.begin(), all.end());
    return all;
  }

  std::string the_file(const std::string& ending) const {
    for (const std::string& name : names()) {
      if (name.ends_with(ending) && name != "recording.json") return folder() / name;
    }
    return "no file " + ending;
  }

  TempDir dir;
  RecordingHead head{*parse_rfc3339("2026-11-23T06:00:00Z"), {{"AWS_REGION", "eu-west-1"}}};
};

TEST_F(Recording, IsAnsweredFrom) {
  {
    const auto recording = recorder({replied(200, "one"), replied(404, "two", {{"Etag", "e"}})});
    EXPECT_EQ(recording->exchange(get("https://h/1", "111122223333")).body, "one");
    EXPECT_EQ(recording->exchange(get("https://h/2")).status, 404);
  }

  Replay replay(folder());

  EXPECT_EQ(replay.head(), head);
  const HttpResponse second = replay.exchange(get("https://h/2"));
  EXPECT_EQ(second.status, 404);
  EXPECT_EQ(second.body, "two");
  EXPECT_EQ(second.header("etag"), "e");
  EXPECT_EQ(replay.exchange(get("https://h/1", "111122223333")).body, "one");
}

TEST_F(Recording, WhoTakesTheBytesOfAnAnswerGetsThem) {
  std::string taken;
  HttpRequest request = get("https://h/1");
  request.take_body = [&](std::string_view bytes) {
    taken += bytes;
    return true;
  };
  EXPECT_EQ(recorder({replied(200, "one")})->exchange(request).body, "");
  EXPECT_EQ(taken, "one");
  Replay replay(folder());
  EXPECT_EQ(replay.exchange(request).status, 200);
  EXPECT_EQ(taken, "oneone");
}

TEST_F(Recording, NamesItsFilesByCallScopeAndOrder) {
  const auto recording = recorder({replied(200, "1"), replied(200, "2"), replied(200, "3")});
  for (int i = 0; i < 2; ++i) recording->exchange(get("https://h/1", "111122223333"));
  HttpRequest odd = get("https://h/1");
  odd.label = "../../etc/passwd?\n\"ü";
  recording->exchange(odd);

  EXPECT_THAT(
      names(),
      ElementsAre(
          testing::MatchesRegex(R"(..-..-etc-passwd----*.none.[0-9a-f]{8}.1.body)"),
          testing::MatchesRegex(R"(..-..-etc-passwd----*.none.[0-9a-f]{8}.1.json)"),
          "recording.json",
          testing::MatchesRegex(R"(toy-Get-in-eu-west-1.111122223333.[0-9a-f]{8}.1.body)"),
          testing::MatchesRegex(R"(toy-Get-in-eu-west-1.111122223333.[0-9a-f]{8}.1.json)"),
          testing::MatchesRegex(R"(toy-Get-in-eu-west-1.111122223333.[0-9a-f]{8}.2.body)"),
          testing::MatchesRegex(R"(toy-Get-in-eu-west-1.111122223333.[0-9a-f]{8}.2.json)")));
}

TEST_F(Recording, GivesEqualRequestsTheirAnswersInOrder) {
  std::deque<HttpResponse> answers;
  for (int i = 1; i <= 12; ++i) answers.push_back(replied(200, std::to_string(i)));
  {
    const auto recording = recorder(answers);
    for (int i = 0; i < 12; ++i) recording->exchange(get("https://h/"));
  }

  Replay replay(folder());

  for (int i = 1; i <= 12; ++i) {
    EXPECT_EQ(replay.exchange(get("https://h/")).body, std::to_string(i)) << "10 is after 9";
  }
}

TEST_F(Recording, KeepsWhatFailedBelowHttp) {
  recorder({lost("no route to host")})->exchange(get("https://h/"));

  const HttpResponse response = Replay(folder()).exchange(get("https://h/"));

  EXPECT_EQ(response.status, 0);
  EXPECT_EQ(response.failure, "no route to host");
}

TEST_F(Recording, SaysWhichAnswerItLacks) {
  { recorder({replied(200, "")})->exchange(get("https://h/1", "111122223333")); }
  Replay replay(folder());

  EXPECT_EQ(fault_of([&] { replay.exchange(get("https://h/2", "111122223333")); }),
            "remote: the recording has no answer to toy Get in eu-west-1 of account 111122223333: "
            "GET https://h/2");
  replay.exchange(get("https://h/1", "111122223333"));
  EXPECT_EQ(fault_of([&] { replay.exchange(get("https://h/1", "111122223333")); }),
            "remote: the recording has no further answer to toy Get in eu-west-1 of account "
            "111122223333: GET https://h/1");
}

TEST_F(Recording, QuotesTheBodyOfWhatItLacksWithoutSecrets) {
  recorder({});
  HttpRequest post = get("https://h/?token=S3CR3T");
  post.method = "POST";
  post.body = "Action=X&Password=S3CR3T&Long=" + std::string(1000, 'x');

  const std::string fault = fault_of([&] { Replay(folder()).exchange(post); });

  EXPECT_THAT(fault,
              StartsWith("remote: the recording has no answer to toy Get in eu-west-1: POST "
                         "https://h/?token=REDACTED with Action=X&Password=REDACTED&Long=xxx"));
  EXPECT_LT(fault.size(), 500U);
}

TEST_F(Recording, TellsRequestsApartByScopeMethodTargetAndBody) {
  {
    const auto recording = recorder({replied(200, "a"), replied(200, "b"), replied(200, "c")});
    recording->exchange(get("https://h/", "1"));
    HttpRequest request = get("https://h/", "2");
    request.headers = {{"X-Amz-Target", "T"}};
    recording->exchange(request);
    request.body = "{}";
    recording->exchange(request);
  }
  Replay replay(folder());

  HttpRequest request = get("https://h/", "2");
  request.headers = {{"X-Amz-Target", "T"}, {"Authorization", "differs each time"}};
  EXPECT_EQ(replay.exchange(request).body, "b");
  request.body = "{}";
  EXPECT_EQ(replay.exchange(request).body, "c");
  EXPECT_EQ(replay.exchange(get("https://h/", "1")).body, "a");
}

TEST_F(Recording, HoldsNoSecretInAnyFile) {
  {
    const auto recording = recorder(
        {replied(200,
                 "<R><AccessKeyId>S3CR3T</AccessKeyId><SecretAccessKey>S3CR3T</SecretAccessKey>"
                 "<SessionToken><![CDATA[S3CR3T]]></SessionToken></R>",
                 {{"Set-Cookie", "session=S3CR3T"}, {"Location", "https://h/?token=S3CR3T"}}),
         replied(200, R"({"SecretString":"S3CR3T","Type":"SecureString","Value":"S3CR3T"})"),
         replied(200, R"({"token":"S3CR3T)")});
    HttpRequest request = get("https://me:S3CR3T@h/?X-Amz-Signature=S3CR3T");
    request.headers = {{"Authorization", "S3CR3T"}, {"X-Amz-Security-Token", "S3CR3T"}};
    request.body = "WebIdentityToken=S3CR3T&a=b";
    recording->exchange(request);
    request.body = R"({"clientSecret":"S3CR3T"})";
    recording->exchange(request);
    recording->exchange(get("https://h/"));
  }

  ASSERT_EQ(names().size(), 7U);
  for (const std::string& name : names()) {
    EXPECT_EQ(slurp(folder() / name).find("S3CR3T"), std::string::npos) << name;
    EXPECT_EQ(name.find("S3CR3T"), std::string::npos);
  }
}

TEST_F(Recording, LeavesOutWhatIsNotToBeRecorded) {
  HttpRequest request = get("http://169.254.169.254/");
  request.unrecorded = true;

  EXPECT_EQ(recorder({replied(200, "S3CR3T")})->exchange(request).body, "S3CR3T");

  EXPECT_THAT(names(), ElementsAre("recording.json"));
}

TEST_F(Recording, NeedsADirectoryOfItsOwn) {
  fs::create_directories(folder());
  std::ofstream(folder() / "notes.txt") << "x";

  EXPECT_EQ(
      fault_of([&] { recorder({}); }),
      "usage: " + folder().string() + ": is not empty; a recording needs a directory of its own");
  EXPECT_THAT(names(), ElementsAre("notes.txt"));
}

TEST_F(Recording, SaysWhyADirectoryIsImpossible) {
  const std::string file = dir.write("file", "x");
  const auto record = [&](const fs::path& path) {
    return fault_of([&] { recording_transport(nullptr, path, head); });
  };

  EXPECT_THAT(record(fs::path(file) / "below"), StartsWith("usage: " + file));
  EXPECT_THAT(record(file), StartsWith("usage: " + file));
}

TEST_F(Recording, IsNoneWithoutItsHead) {
  EXPECT_THAT(fault_of([&] { Replay(dir.file("gone")); }),
              StartsWith("usage: " + dir.file("gone") + "/recording.json: "));
  dir.write("recording.json", "{}");
  EXPECT_EQ(
      fault_of([&] { const Replay replay(dir.path()); }),
      "usage: " + dir.file("recording.json") + ": expected \"schema\": \"patchbot.recording/1\"");
}

TEST_F(Recording, NamesTheFileThatIsBroken) {
  recorder({replied(200, "")})->exchange(get("https://h/"));
  const std::string file = the_file(".1.json");
  std::ofstream(file, std::ios::app) << "}";

  EXPECT_EQ(fault_of([&] { const Replay replay(folder()); }),
            "usage: " + file + ": is no JSON object");
}

TEST_F(Recording, NamesTheBodyThatIsMissing) {
  recorder({replied(200, "x")})->exchange(get("https://h/"));
  const std::string file = the_file(".1.body");
  fs::remove(file);

  EXPECT_EQ(fault_of([&] { const Replay replay(folder()); }),
            "usage: " + file + ": the body of this answer is missing");
}

TEST_F(Recording, NeedsNoBodyWhereThereWasNoAnswer) {
  recorder({lost("no route")})->exchange(get("https://h/"));
  fs::remove(the_file(".1.body"));

  EXPECT_EQ(Replay(folder()).exchange(get("https://h/")).failure, "no route");
}

TEST(StillClock, StandsStill) {
  const Time now = *parse_rfc3339("2026-11-23T06:00:00Z");
  const auto clock = still_clock(now);

  clock->sleep(std::chrono::hours(1));

  EXPECT_EQ(clock->now(), now);
  EXPECT_EQ(clock->elapsed(), std::chrono::milliseconds(0));
  EXPECT_EQ(clock->chance(), 0.0);
}

}  // namespace
}  // namespace patchbot
