// SPDX-License-Identifier: Apache-2.0
#include "services/nessus/answer.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "net/json_depth.hpp"

namespace patchbot::nessus {

using nlohmann::json;

json json_of(const Client& client,
             const std::string& request,
             const HttpResponse& response,
             const json::parser_callback_t& keep) {
  if (response.status < 200 || response.status > 299) throw client.failure(request, response);
  if (trim(response.body).empty()) return {};
  json value = is_deep_json(response.body) ? json(json::value_t::discarded)
                                           : json::parse(response.body, keep, false);
  if (value.is_discarded()) {
    throw Error(Blame::remote,
                client.url() + ": " + request + ": the answer is no JSON (" +
                    clean_line(cut_utf8(response.body, 100)) + "); is this a Nessus server?");
  }
  return value;
}

json read(Client& client, const std::string& path) {
  return json_of(client, "GET " + path, client.get(path));
}

json read(Client& client, const std::string& path, const json::parser_callback_t& keep) {
  return json_of(client, "GET " + path, client.get(path), keep);
}

std::vector<json> items_of(const Client& client,
                           const std::string& path,
                           const json& answer,
                           const char* name) {
  const json& list = at(answer, {name});
  if (list.is_null() && answer.is_object()) return {};
  if (!list.is_array()) {
    throw Error(Blame::remote,
                client.url() + ": GET " + path + ": the answer has no list '" + name + "'");
  }
  return {list.begin(), list.end()};
}

long number_of(const json& value, std::initializer_list<const char*> names, long otherwise) {
  const json& found = at(value, names);
  if (found.is_number_float()) {
    const double number = found.get<double>();
    constexpr double most = 9e15;  // beyond that it is none that a server counts
    return number > -most && number < most ? static_cast<long>(number) : otherwise;
  }
  return parse_integer(raw_text(value, names)).value_or(otherwise);
}

std::string checked_id(const Client& client, const std::string& request, const std::string& id) {
  const bool is_plain =
      !id.empty() && id.size() <= 128 && std::all_of(id.begin(), id.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '-' || c == '_';
      });
  if (is_plain) return id;
  throw Error(Blame::remote,
              client.url() + ": " + request + ": the answer has an id that can be none: '" +
                  clean_line(cut_utf8(id, 100)) + "'");
}

}  // namespace patchbot::nessus
