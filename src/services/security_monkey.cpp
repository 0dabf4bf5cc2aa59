// SPDX-License-Identifier: Apache-2.0
#include "services/security_monkey.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/address.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "net/json_depth.hpp"

namespace patchbot {
namespace {

using nlohmann::json;

constexpr int items_per_page = 1000;
constexpr int max_pages = 10'000;

json parse_object(const HttpResponse& response, const std::string& what) {
  if (response.status == 401 || response.status == 403) {
    throw Error(Blame::remote,
                what +
                    ": not signed in, or without the role View; set "
                    "PATCHBOT_SECURITY_MONKEY_USER and PATCHBOT_SECURITY_MONKEY_PASSWORD");
  }
  if (response.status != 200) throw Error(Blame::remote, what + ": " + trouble_of(response));
  if (is_deep_json(response.body)) {
    throw Error(Blame::remote, what + ": the answer is nested too deep");
  }
  json object = json::parse(response.body, nullptr, false);
  if (!object.is_object()) throw Error(Blame::remote, what + ": the answer is no JSON object");
  return object;
}

void check_signing_in(const HttpResponse& response) {
  if (response.status != 0 && response.status < 400) return;
  throw Error(Blame::remote, "Security Monkey: signing in: " + trouble_of(response));
}

std::string text_of(const json& object, const char* name) {
  if (!object.is_object()) return {};
  const auto found = object.find(name);
  if (found == object.end()) return {};
  if (found->is_number_integer()) return std::to_string(found->get<std::int64_t>());
  return found->is_string() ? clean_line(found->get_ref<const std::string&>()) : std::string();
}

const json& list_of(const json& object, const char* name) {
  static const json none = json::array();
  if (!object.is_object()) return none;
  const auto found = object.find(name);
  return found != object.end() && found->is_array() ? *found : none;
}

void read_tags(const json& config, Target& target) {
  for (const json& tag : list_of(config, "tags")) {
    target.tags.emplace_back(text_of(tag, "Key"), text_of(tag, "Value"));
  }
  std::sort(target.tags.begin(), target.tags.end());
  const auto value_of = [&target](std::string_view key) {
    const std::string* value = find_tag(target.tags, key);
    return value == nullptr ? std::string() : *value;
  };
  target.name = value_of("Name");
  target.asg = value_of("aws:autoscaling:groupName");
  target.stack = value_of("aws:cloudformation:stack-name");
}

void read_config(const json& config, Target& target) {
  target.id = text_of(config, "instance_id");
  target.vpc = text_of(config, "vpc_id");
  target.ami = text_of(config, "image_id");
  target.launched_at = parse_rfc3339(text_of(config, "launch_time"));
  if (config.contains("state")) target.state = text_of(config["state"], "Name");
  // Whatever else stands there would become a host name for scanners.
  const std::string inside = text_of(config, "private_ip_address");
  const std::string outside = text_of(config, "public_ip_address");
  if (parse_address(inside)) target.addresses.push_back(inside);
  if (parse_address(outside)) {
    target.public_addresses.push_back(outside);
    target.exposed = true;
  }
  read_tags(config, target);
}

// A list that the answer has to hold even if it is empty.
const json& needed_items(const json& answer, const std::string& what) {
  const auto found = answer.find("items");
  if (found == answer.end() || !found->is_array()) {
    throw Error(Blame::remote, what + ": the answer has no list items");
  }
  return *found;
}

// Whether there may be more behind this page. `total` becomes what it says of all pages, or stays.
bool take_items(const json& page,
                const std::string& what,
                std::vector<SecurityMonkey::Item>& items,
                std::size_t& total) {
  const json& listed = needed_items(page, what);
  for (const json& item : listed) {
    items.push_back({text_of(item, "id"),
                     text_of(item, "name"),
                     text_of(item, "account"),
                     text_of(item, "region")});
  }
  const auto said = page.find("total");
  const bool known = said != page.end() && said->is_number_unsigned();
  if (known) total = said->get<std::size_t>();
  return !listed.empty() && !(known && items.size() >= total);
}

}  // namespace

SecurityMonkey::SecurityMonkey(Transport& transport,
                               Clock& clock,
                               std::string url,
                               Patience patience)
    : transport_(transport), clock_(clock), url_(std::move(url)), patience_(patience) {
  while (url_.ends_with('/')) url_.pop_back();
}

void SecurityMonkey::login(const std::string& user, const Secret& password) {
  HttpRequest page = request_for("GET", "/login");
  page.unrecorded = true;
  const HttpResponse answer = exchange_patiently(transport_, clock_, page, patience_);
  check_signing_in(answer);
  keep_cookies(answer);
  HttpRequest form = request_for("POST", "/login");
  const std::string token = cookies_["XSRF-COOKIE"];
  form.unrecorded = true;
  form.headers.push_back({"Content-Type", "application/x-www-form-urlencoded"});
  form.headers.push_back({"X-CSRFToken", token});
  form.headers.push_back({"Referer", url_ + "/login"});  // its CSRF check wants this over https
  form.body = "email=" + percent_encode(user) + "&password=" + percent_encode(password.reveal()) +
              "&csrf_token=" + percent_encode(token);
  const HttpResponse response = transport_.exchange(form);
  check_signing_in(response);
  keep_cookies(response);
}

std::vector<SecurityMonkey::Account> SecurityMonkey::accounts() {
  const std::string what = "Security Monkey: the list of accounts";
  const json answer = parse_object(get("/api/1/accounts?count=10000"), what);
  std::vector<Account> accounts;
  for (const json& account : needed_items(answer, what)) {
    accounts.push_back({text_of(account, "name"), text_of(account, "identifier")});
  }
  return accounts;
}

std::vector<SecurityMonkey::Item> SecurityMonkey::instances(
    const std::vector<std::string>& accounts) {
  std::string names;
  for (const std::string& account : accounts) names += (names.empty() ? "" : ",") + account;
  const std::string filter =
      "&technologies=ec2instance" + (names.empty() ? "" : "&accounts=" + percent_encode(names));
  const std::string what = "Security Monkey: the list of instances";
  std::vector<Item> items;
  std::size_t total = 0;
  for (int page = 1; page <= max_pages; ++page) {
    const HttpResponse response =
        get("/api/1/items?active=true&count=" + std::to_string(items_per_page) +
            "&page=" + std::to_string(page) + filter);
    if (page > 1 && response.status == 404) break;  // how it says that there are no more
    if (!take_items(parse_object(response, what), what, items, total)) break;
  }
  if (items.size() < total) {
    throw Error(Blame::remote,
                what + ": holds " + std::to_string(items.size()) + " of " + std::to_string(total));
  }
  return items;
}

Target SecurityMonkey::machine(const Item& item, const std::string& account_id) {
  const std::string what = "Security Monkey: " + item.name;
  const std::string revision = newest_revision(item);
  const json answer = parse_object(get("/api/1/revisions/" + percent_encode(revision)), what);
  Target target;
  const auto config = answer.find("config");
  if (config != answer.end() && config->is_object()) read_config(*config, target);
  if (target.id.empty()) throw Error(Blame::remote, what + ": what it remembers names no instance");
  target.account = account_id;
  target.region = item.region;
  return target;
}

std::string SecurityMonkey::newest_revision(const Item& item) {
  const std::string what = "Security Monkey: " + item.name;
  const json answer = parse_object(get("/api/1/items/" + percent_encode(item.number)), what);
  const json* newest = nullptr;
  for (const json& revision : list_of(answer, "revisions")) {
    const bool newer =
        newest == nullptr || text_of(revision, "date_created") > text_of(*newest, "date_created");
    if (newer) newest = &revision;
  }
  if (newest == nullptr) throw Error(Blame::remote, what + ": has no revision");
  return text_of(*newest, "id");
}

HttpResponse SecurityMonkey::get(const std::string& path) {
  return exchange_patiently(transport_, clock_, request_for("GET", path), patience_);
}

HttpRequest SecurityMonkey::request_for(const std::string& method, const std::string& path) const {
  HttpRequest request;
  request.method = method;
  request.url = url_ + path;
  request.label = "security-monkey " + path.substr(0, path.find('?'));
  request.headers.push_back({"Accept", "application/json"});
  std::string cookies;
  for (const auto& [name, value] : cookies_) {
    if (!cookies.empty()) cookies += "; ";
    cookies.append(name).append("=").append(value);
  }
  if (!cookies.empty()) request.headers.push_back({"Cookie", cookies});
  return request;
}

void SecurityMonkey::keep_cookies(const HttpResponse& response) {
  for (const HttpHeader& header : response.headers) {
    if (!equals_nocase(header.name, "set-cookie")) continue;
    const std::string pair = header.value.substr(0, header.value.find(';'));
    const auto equals = pair.find('=');
    if (equals != std::string::npos) cookies_[pair.substr(0, equals)] = pair.substr(equals + 1);
  }
}

}  // namespace patchbot
