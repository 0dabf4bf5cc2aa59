// SPDX-License-Identifier: Apache-2.0
#include "services/jenkins_builds.hpp"

#include <algorithm>

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "net/http.hpp"
#include "services/one_host.hpp"

namespace patchbot {
namespace {

using nlohmann::json;
using std::chrono::milliseconds;

constexpr std::size_t max_path = 4096;
constexpr long last_millisecond = 253'402'300'799'999;  // of the year 9999

std::optional<milliseconds> duration_of(const json& build, const char* name) {
  const json& value = at(build, {name});
  if (!value.is_number_integer()) return {};
  const auto count = value.get<std::int64_t>();
  if (count < 0 || count > last_millisecond) return {};
  return milliseconds(count);
}

std::optional<Time> time_of(milliseconds since_1970) {
  if (since_1970.count() == 0 || since_1970.count() > last_millisecond) return {};
  return Time(std::chrono::floor<std::chrono::seconds>(since_1970));
}

// A Jenkins whose own address is set wrong links to nowhere, and an evil one to anywhere.
bool is_link(const std::string& url, const std::string& own) {
  const bool is_url = percent_encode(url, ":/?#[]@!$&'()*+,;=%") == url;
  return is_url && url.size() <= max_path && is_on_host(url, own);
}

void add_result(const json& build, Bake& bake) {
  const std::string result(cut_utf8(line_of(build, {"result"}), 64));
  // A pipeline may set the result long before it ends.
  if (at(build, {"building"}) == true || result.empty()) {
    bake.state = Bake::State::running;
    return;
  }
  const bool made_ami = result == "SUCCESS" || result == "UNSTABLE";
  bake.state = made_ami ? Bake::State::succeeded : Bake::State::failed;
  if (result != "SUCCESS") bake.reason = result;
}

}  // namespace

bool is_plain_path(std::string_view path) {
  const auto steps = split(path, '/');
  return path.size() <= max_path &&
         std::none_of(steps.begin(), steps.end(), [](std::string_view step) {
           return step.empty() || step == "." || step == "..";
         });
}

std::string job_path(std::string_view name) {
  if (!is_plain_path(name)) {
    throw Error(Blame::usage,
                "job '" + clean_line(cut_utf8(name, 200)) +
                    "': expected its full name in Jenkins, such as folder/name");
  }
  std::string path;
  // The name of a branch's job is encoded once already; its address encodes that name again.
  for (const std::string_view step : split(name, '/')) path += "/job/" + percent_encode(step);
  return path;
}

std::optional<long> build_number(const json& build) {
  const json& number = at(build, {"number"});
  if (!number.is_number_integer()) return {};
  const auto value = number.get<std::int64_t>();
  constexpr std::int64_t most = 2'147'483'647;
  return value >= 1 && value <= most ? std::optional<long>(value) : std::nullopt;
}

Bake bake_of(const json& build, long number, const std::string& own) {
  Bake bake;
  bake.name = "#" + std::to_string(number);
  const std::string url = raw_text(build, {"url"});
  bake.link = is_link(url, own) ? url : own;
  add_result(build, bake);
  const auto start = duration_of(build, "timestamp");
  const auto length = duration_of(build, "duration");
  if (start) bake.started_at = time_of(*start);
  const bool is_over = bake.state != Bake::State::running;
  if (is_over && bake.started_at && length) bake.ended_at = time_of(*start + *length);
  return bake;
}

std::vector<std::string> artifacts_called(const json& build, const std::string& file) {
  std::vector<std::string> found;
  for (const json& artifact : at(build, {"artifacts"})) {
    std::string path = raw_text(artifact, {"relativePath"});
    if (path == file) return {std::move(path)};
    if (raw_text(artifact, {"fileName"}) == file) found.push_back(std::move(path));
  }
  return found;
}

}  // namespace patchbot
