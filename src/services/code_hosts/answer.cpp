// SPDX-License-Identifier: Apache-2.0
#include "services/code_hosts/answer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "net/json_depth.hpp"
#include "net/redaction.hpp"

namespace patchbot {
namespace {

using nlohmann::json;

constexpr std::size_t max_items = 50'000;
constexpr int max_pages = 2'000;

[[noreturn]] void fail(const HostClient& client, const std::string& what, const std::string& why) {
  throw Error(Blame::remote, client.about(what) + ": " + why);
}

/// Hands items on and refuses lists without end.
class Taker {
 public:
  Taker(const HostClient& client, const std::string& what, std::function<void(const json&)> take)
      : client_(client), what_(what), take_(std::move(take)) {}

  std::size_t page(const json& items) {
    if (!items.is_array()) fail(client_, what_, "the answer has no list");
    if (++pages_ > max_pages) fail(client_, what_, "the list does not end");
    for (const json& item : items) {
      if (++count_ > max_items) fail(client_, what_, "has more than 50,000 entries");
      take_(item);
    }
    return items.size();
  }
  std::size_t count() const { return count_; }

 private:
  const HostClient& client_;
  const std::string& what_;
  std::function<void(const json&)> take_;
  int pages_ = 0;
  std::size_t count_ = 0;
};

bool says_next(const HttpResponse& response) {
  return !response.header("x-next-page").empty() ||
         response.header("link").find("rel=\"next\"") != std::string_view::npos;
}

bool says_nothing(const HttpResponse& response) {
  return response.header("link").empty() && response.header("x-page").empty() &&
         response.header("x-next-page").empty();
}

// What to ask for the next page: the token of the link to it, or its number, of versions that count
// pages all the same. The link's host may be one of behind a proxy, and is not looked at.
std::string next_key(const HttpResponse& response) {
  for (const std::string_view link : split(response.header("link"), ',')) {
    if (link.find("rel=\"next\"") == std::string_view::npos) continue;
    const std::string_view url = link.substr(0, link.find('>'));
    for (const std::string_view part : split(split_url(url).query, '&')) {
      if (part.starts_with("page_token=")) return std::string(part);
    }
  }
  const auto page = parse_integer(response.header("x-next-page"));
  return page ? "page=" + std::to_string(*page) : std::string();
}

}  // namespace

bool is_commit(std::string_view text) {
  return text.size() >= 7 && text.size() <= 64 &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string message_of(const HttpResponse& response, const std::vector<Secret>& secrets) {
  if (response.status == 0 || is_deep_json(response.body)) return {};
  const json body = json::parse(response.body, nullptr, false);
  std::string said = line_of(body, {"message"});
  if (said.empty()) said = line_of(body, {"error", "message"});
  if (said.empty()) said = line_of(body, {"error"});
  const json& errors = at(body, {"errors"});
  if (said.empty() && errors.is_array() && !errors.empty()) {
    said = line_of(errors.front(), {"message"});
  }
  // Cut first, half a token would stay.
  return std::string(cut_utf8(without(std::move(said), secrets), 200));
}

json json_of(const HostClient& client, const HttpResponse& response, const std::string& what) {
  client.check(response, what);
  if (is_deep_json(response.body)) fail(client, what, "the answer is nested too deep");
  json value = json::parse(response.body, nullptr, false);
  if (!value.is_structured()) fail(client, what, "the answer is no JSON");
  return value;
}

json facts_of(const HostClient& client, const std::vector<std::string>& paths) {
  for (const std::string& path : paths) {
    if (path.empty()) continue;
    try {
      return json_of(client, client.get(path), "the file");
    } catch (const Error&) {
      continue;  // in a fork, or another answer than it documents
    }
  }
  return nullptr;
}

std::string commit_of(const HostClient& client,
                      const json& value,
                      std::initializer_list<const char*> names) {
  std::string commit = to_lower(raw_text(value, names));
  if (!is_commit(commit)) fail(client, "the commit", "the answer names none");
  return commit;
}

std::string path_of(const HostClient& client,
                    const json& value,
                    std::initializer_list<const char*> names) {
  std::string path = raw_text(value, names);
  const auto parts = split(path, '/');
  const bool plain = std::none_of(parts.begin(), parts.end(), [](std::string_view part) {
    return part.empty() || part == "." || part == "..";
  });
  if (!plain || path.size() > 4096 || client.hidden(path) != path) {
    fail(client, "the files", "the answer has a path that can be no file's");
  }
  return path;
}

bool is_plain_file(const HostClient& client, const json& item) {
  const std::string mode = raw_text(item, {"mode"});
  if (mode.empty()) fail(client, "the files", "the answer has one without a mode");
  return mode.starts_with("100");
}

std::size_t each_numbered(const HostClient& client,
                          const std::string& path,
                          const std::string& what,
                          const std::function<void(const json&)>& take,
                          std::size_t proven) {
  Taker taker(client, what, take);
  for (int page = 1;; ++page) {
    const HttpResponse response =
        client.get(path + fmt::format("&per_page={}&page={}", largest_page, page));
    const std::size_t items = taker.page(json_of(client, response, what));
    if (!says_nothing(response)) proven = largest_page;
    const bool may_go_on = says_nothing(response) && items > 0 && items >= proven;
    if (!says_next(response) && !may_go_on) return proven;
    proven = std::max(proven, items);
  }
}

void each_keyed(const HostClient& client,
                const std::string& path,
                const std::string& what,
                const std::function<void(const json&)>& take) {
  Taker taker(client, what, take);
  const std::string first = path + fmt::format("&pagination=keyset&per_page={}", largest_page);
  std::string next = first;
  while (!next.empty()) {
    const HttpResponse response = client.get(next);
    const std::size_t items = taker.page(json_of(client, response, what));
    const std::string more = next_key(response);
    if (more.empty() && (says_next(response) || items >= largest_page)) {
      fail(client, what, "the list is cut short: there is more, and the host does not say where");
    }
    next = more.empty() ? "" : fmt::format("{}&{}", first, more);
  }
}

void each_linked(const HostClient& client,
                 const std::string& path,
                 const std::string& what,
                 const std::function<void(const json&)>& take) {
  Taker taker(client, what, take);
  std::string next = path;
  while (!next.empty()) {
    const json page = json_of(client, client.get(next), what);
    taker.page(at(page, {"values"}));
    next = raw_text(page, {"next"});
    const auto size = parse_integer(raw_text(page, {"size"})).value_or(0);
    if (next.empty() && size > static_cast<long>(taker.count())) {
      fail(client,
           what,
           "lists " + std::to_string(taker.count()) + " of " + std::to_string(size) + " entries");
    }
  }
}

json each_started(const HostClient& client,
                  const std::string& path,
                  const std::string& what,
                  const std::function<void(const json&)>& take) {
  Taker taker(client, what, take);
  std::string start = "0";
  const char begin = path.find('?') == std::string::npos ? '?' : '&';
  for (;;) {
    const std::string query = fmt::format("{}limit={}&start={}", begin, largest_page, start);
    json page = json_of(client, client.get(path + query), what);
    taker.page(at(page, {"values"}));
    if (at(page, {"isLastPage"}) == true) return page;
    const std::string next = raw_text(page, {"nextPageStart"});
    if (parse_integer(next).value_or(-1) <= parse_integer(start).value_or(0)) {
      fail(client, what, "the list is cut short: there is more, and the host does not give it");
    }
    start = next;
  }
}

}  // namespace patchbot
