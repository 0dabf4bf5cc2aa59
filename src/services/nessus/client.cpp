// SPDX-License-Identifier: Apache-2.0
#include "services/nessus/client.hpp"

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "net/json_depth.hpp"
#include "services/html_page.hpp"
#include "services/json_value.hpp"

namespace patchbot::nessus {
namespace {

using nlohmann::json;

constexpr int attempts_of_a_read = 5;
constexpr std::size_t most_said = 300;

// Nessus has two ways to say it, and a third where a role may not do a thing.
bool wants_login(const HttpResponse& response) {
  if (response.status == 401) return true;
  return response.status == 403 && response.body.find("need to log in") != std::string::npos;
}

std::string hint_for(int status, const Login& login) {
  if (status == 401) {
    return login.has_keys() ? "; the API keys are wrong, or others were made since"
                            : "; user or password is wrong";
  }
  if (status == 403) return "; the user has no right to do this";
  if (status == 412) {
    return std::string(
               "; the licence of this product does not let the API make or launch scans. ") +
           ways_to_scan;
  }
  return {};
}

}  // namespace

HttpResponse Client::get(const std::string& path) {
  return exchange(request_for("GET", path), attempts_of_a_read);
}

HttpResponse Client::get_once(const std::string& path) {
  return exchange(request_for("GET", path), 1);
}

HttpResponse Client::download(const std::string& path, std::function<bool(std::string_view)> take) {
  HttpRequest request = request_for("GET", path);
  for (HttpHeader& header : request.headers) {
    if (header.name == "Accept") header.value = "*/*";
  }
  request.take_body = std::move(take);
  request.max_answer = std::size_t{1} << 40U;  // the disk is the limit
  request.timeout = std::chrono::hours(6);
  return exchange(std::move(request), 1);
}

HttpResponse Client::send(const std::string& method,
                          const std::string& path,
                          const std::string& body) {
  HttpRequest request = request_for(method, path);
  request.body = body;
  return exchange(std::move(request), attempts_of_a_read);
}

HttpResponse Client::send_once(const std::string& path, const std::string& body) {
  HttpRequest request = request_for("POST", path);
  request.body = body;
  request.once = true;
  for (int attempt = 1;; ++attempt) {
    HttpResponse response = exchange(request, 1);
    const bool did_nothing = response.status == 429 || (response.status == 0 && response.not_sent);
    if (!did_nothing || attempt == attempts_of_a_read) return response;
    const auto pause = wanted_pause(response).value_or(std::chrono::seconds(1L << attempt));
    if (access_.clock.elapsed() + pause >= access_.patience.deadline) return response;
    access_.clock.sleep(pause);
  }
}

void Client::log_out() {
  if (session_.empty()) return;
  HttpRequest request = request_for("DELETE", "/session");
  request.timeout = std::chrono::seconds(10);
  session_ = Secret();
  (void)access_.transport.exchange(request);
}

Error Client::failure(const std::string& request, const HttpResponse& response) const {
  const int status = response.status == 0 ? response.broken_status : response.status;
  std::string text = access_.url + ": " + request + ": " + trouble_of(response);
  if (response.status == 0 && status != 0) text += ", after HTTP status " + std::to_string(status);
  if (const std::string said = message_of(response); !said.empty()) text += " (" + said + ")";
  text += hint_for(status, access_.login);
  const std::string_view id = response.header("x-request-uuid");
  if (!id.empty()) text += "; Tenable's support finds it by " + clean_line(cut_utf8(id, 64));
  return {status == 412 ? Blame::usage : Blame::remote, text};
}

HttpRequest Client::request_for(const std::string& method, const std::string& path) const {
  HttpRequest request;
  request.method = method;
  request.url = access_.url + path;
  request.label = "nessus " + method + " " + path.substr(0, path.find('?'));
  request.headers = {{"User-Agent", "patchbot"}, {"Accept", "application/json"}};
  if (method != "GET") request.headers.push_back({"Content-Type", "application/json"});
  const Login& login = access_.login;
  if (login.has_keys()) {
    request.headers.push_back(
        {"X-ApiKeys",
         "accessKey=" + login.access_key.reveal() + "; secretKey=" + login.secret_key.reveal()});
  } else if (!session_.empty()) {
    request.headers.push_back({"X-Cookie", "token=" + session_.reveal()});
  }
  return request;
}

HttpResponse Client::exchange(HttpRequest request, int attempts) {
  const bool has_session = !access_.login.has_keys() && !access_.login.user.empty();
  if (has_session && session_.empty()) return once_more(std::move(request));
  Patience patience = access_.patience;
  patience.attempts = attempts;
  HttpResponse response = exchange_patiently(access_.transport, access_.clock, request, patience);
  // Sessions end in the middle of long scans.
  if (has_session && wants_login(response)) return once_more(std::move(request));
  return response;
}

// With a new session. What was refused for the old one did nothing, so it is safe.
HttpResponse Client::once_more(HttpRequest request) {
  log_in();
  std::erase_if(request.headers,
                [](const HttpHeader& header) { return header.name == "X-Cookie"; });
  request.headers.push_back({"X-Cookie", "token=" + session_.reveal()});
  Patience patience = access_.patience;
  patience.attempts = request.once || request.take_body ? 1 : attempts_of_a_read;
  return exchange_patiently(access_.transport, access_.clock, std::move(request), patience);
}

void Client::log_in() {
  session_ = Secret();
  HttpRequest request = request_for("POST", "/session");
  request.unrecorded = true;
  request.body =
      dumped({{"username", access_.login.user}, {"password", access_.login.password.reveal()}});
  Patience patience = access_.patience;
  patience.attempts = attempts_of_a_read;
  const HttpResponse response =
      exchange_patiently(access_.transport, access_.clock, request, patience);
  const json answer =
      is_deep_json(response.body) ? json() : json::parse(response.body, nullptr, false);
  session_ = Secret(raw_text(answer, {"token"}));
  if (response.status != 200 || session_.empty()) throw failure("POST /session", response);
}

std::string message_of(const HttpResponse& response) {
  if (response.body.empty()) return {};
  if (is_html_page(response)) return "an HTML page";
  if (is_deep_json(response.body)) return {};
  const json body = json::parse(response.body, nullptr, false);
  std::string said = line_of(body, {"message"});
  if (said.empty()) said = line_of(body, {"error"});
  if (said.empty()) said = line_of(body, {"info", "error"});
  if (said.empty()) said = line_of(body, {"failure_reason"});
  if (said.empty() && body.is_discarded()) said = clean_line(response.body);
  return std::string(cut_utf8(said, most_said));
}

}  // namespace patchbot::nessus
