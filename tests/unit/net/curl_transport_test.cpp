// SPDX-License-Identifier: Apache-2.0
#include "net/curl_transport.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "net/exchange_file.hpp"

namespace patchbot {
namespace {

/// Answers the requests of all connections, one after the other, with the next text, and hangs up
/// where that is empty.
class RawServer {
 public:
  explicit RawServer(std::deque<std::string> answers) : answers_(std::move(answers)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<sockaddr*>(&address), size);
    ::listen(listener_, 8);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;
  ~RawServer() {
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/"; }
  int requests() const { return requests_; }

 private:
  void serve() {
    std::vector<std::thread> peers;
    for (;;) {
      const int peer = ::accept(listener_, nullptr, nullptr);
      if (peer < 0) break;
      peers.emplace_back([this, peer] { serve(peer); });
    }
    for (std::thread& peer : peers) peer.join();
  }

  void serve(int peer) {
    while (take_request(peer)) {
      const std::string text = next_answer();
      if (text.empty()) break;
      (void)::send(peer, text.data(), text.size(), MSG_NOSIGNAL);
      if (text.find("close") != std::string::npos) break;
    }
    ::close(peer);
  }

  std::string next_answer() {
    const std::lock_guard lock(mutex_);
    ++requests_;
    if (answers_.empty()) return {};
    std::string text = std::move(answers_.front());
    answers_.pop_front();
    return text;
  }

  // The bodies of these tests are one letter long.
  static bool take_request(int peer) {
    std::string text;
    std::string buffer(4096, '\0');
    while (text.find("\r\n\r\n") == std::string::npos || text.ends_with("\r\n\r\n")) {
      const auto got = ::recv(peer, buffer.data(), buffer.size(), 0);
      if (got <= 0) return false;
      text.append(buffer, 0, static_cast<std::size_t>(got));
    }
    return true;
  }

  int listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  int port_ = 0;
  std::atomic<int> requests_ = 0;
  std::mutex mutex_;
  std::deque<std::string> answers_;
  std::thread thread_;
};

std::string ok(const std::string& body) {
  return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

HttpRequest post(const RawServer& server) {
  HttpRequest request;
  request.method = "POST";
  request.url = server.url();
  request.body = "x";
  request.timeout = std::chrono::seconds(20);
  return request;
}

TEST(CurlTransport, SendsWhatDoesHarmTwiceOnce) {
  RawServer server({ok("first"), "", ok("again")});
  const auto transport = curl_transport({});
  HttpRequest request = post(server);
  request.once = true;

  EXPECT_EQ(transport->exchange(request).body, "first");
  const HttpResponse second = transport->exchange(request);

  EXPECT_EQ(second.status, 0) << second.body;
  EXPECT_EQ(server.requests(), 2);
}

TEST(CurlTransport, KeepsNothingOfHalfAnAnswer) {
  RawServer server({"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 99\r\n\r\nS3CR3T"});

  const HttpResponse response = curl_transport({})->exchange(post(server));

  EXPECT_EQ(response.status, 0);
  EXPECT_NE(response.failure, "");
  EXPECT_EQ(response.body, "");
  EXPECT_TRUE(response.headers.empty());
  EXPECT_EQ(response.broken_status, 200);
}

// Nessus 10 says by a status that its licence does not allow something, and cuts the body off.
TEST(CurlTransport, TheStatusOfHalfAnAnswerIsKnown) {
  RawServer server(
      {"HTTP/1.1 412 Precondition Failed\r\nContent-Length: 32\r\nConnection: "
       "close\r\n\r\n"});
  const HttpResponse response = curl_transport({})->exchange(post(server));
  EXPECT_EQ(response.status, 0);
  EXPECT_EQ(response.broken_status, 412);
}

TEST(CurlTransport, GivesTheBytesOfASuccessAsTheyCome) {
  RawServer server(
      {ok("whole"), "HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\nnone", ok("unwanted")});
  const auto transport = curl_transport({});
  std::string taken;
  bool wanted = true;
  HttpRequest request = post(server);
  request.take_body = [&](std::string_view bytes) {
    taken += bytes;
    return wanted;
  };
  HttpResponse response = transport->exchange(request);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, "");
  EXPECT_EQ(taken, "whole");

  response = transport->exchange(request);
  EXPECT_EQ(response.body, "none") << "what went wrong is no part of the file";
  EXPECT_EQ(taken, "whole");

  wanted = false;
  EXPECT_EQ(transport->exchange(request).status, 0);
}

TEST(CurlTransport, TellsWhatAnotherAttemptWouldNotChange) {
  RawServer server({ok("too long"), ""});
  const auto transport = curl_transport({});
  HttpRequest request = post(server);
  request.max_answer = 3;

  const HttpResponse large = transport->exchange(request);
  EXPECT_EQ(large.failure, "the answer is larger than 3 bytes");
  EXPECT_TRUE(large.hopeless);
  EXPECT_FALSE(transport->exchange(post(server)).hopeless);
  request.url = "ftp://127.0.0.1/";
  EXPECT_TRUE(transport->exchange(request).hopeless);
  request.url = "https" + server.url().substr(4);
  EXPECT_TRUE(curl_transport({"/nowhere.pem", false})->exchange(request).hopeless);
}

// Or the replay would go on where the run that was recorded stopped, and the other way round.
TEST(CurlTransport, TellsARecordingWhetherToAskAgain) {
  HttpResponse response;
  response.failure = "broken";
  EXPECT_FALSE(parse_exchange(exchange_to_json({}, response)).response.hopeless);
  EXPECT_FALSE(parse_exchange(exchange_to_json({}, response)).response.not_sent);
  response.broken_status = 412;
  EXPECT_EQ(parse_exchange(exchange_to_json({}, response)).response.broken_status, 412);
  response.hopeless = true;
  EXPECT_TRUE(parse_exchange(exchange_to_json({}, response)).response.hopeless);
  response.not_sent = true;
  EXPECT_TRUE(parse_exchange(exchange_to_json({}, response)).response.not_sent);
}

}  // namespace
}  // namespace patchbot
