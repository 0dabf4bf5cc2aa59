// SPDX-License-Identifier: Apache-2.0
#include "exchange.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace patchbot::test::fake {
namespace {

std::vector<std::string> parts_of(std::string_view path) {
  std::vector<std::string> parts;
  for (const std::string_view part : split(path, '/')) {
    if (!part.empty()) parts.emplace_back(part);
  }
  return parts;
}

}  // namespace

Exchange::Exchange(const httplib::Request& request, httplib::Response& response)
    : request_(request), response_(response), path_(parts_of(request.path)) {}

bool Exchange::is(std::string_view method, std::string_view pattern) const {
  const std::vector<std::string> wanted = parts_of(pattern);
  const auto fits = [](const std::string& want, const std::string& part) {
    return want == "*" || want == part;
  };
  return request_.method == method &&
         std::equal(wanted.begin(), wanted.end(), path_.begin(), path_.end(), fits);
}

long Exchange::id(std::size_t index) const { return parse_integer(part(index)).value_or(-1); }

std::string Exchange::parameter(const std::string& name) const {
  return request_.has_param(name) ? request_.get_param_value(name) : std::string();
}

long Exchange::number(const std::string& name, long otherwise) const {
  return parse_integer(parameter(name)).value_or(otherwise);
}

json Exchange::body() const {
  json body = json::parse(request_.body, nullptr, false);
  return body.is_object() ? body : json::object();
}

void Exchange::say(const json& body, int status) {
  response_.status = status;
  response_.set_content(body.dump(), "application/json; charset=utf-8");
}

// The head says more than what comes.
void Exchange::break_off(int status, std::size_t promised) {
  response_.status = status;
  response_.body.clear();
  response_.headers.clear();
  response_.set_content_provider(
      promised, "application/json", [](std::size_t, std::size_t, httplib::DataSink&) {
        return false;
      });
}

void Exchange::send(const std::shared_ptr<std::istream>& bytes,
                    std::size_t size,
                    const std::string& name) {
  response_.set_header("Content-Disposition", "attachment; filename=" + name);
  const auto left = std::make_shared<std::size_t>(size);
  response_.set_chunked_content_provider(
      "application/octet-stream", [bytes, left](std::size_t, httplib::DataSink& sink) {
        std::array<char, 65536> buffer{};
        bytes->read(buffer.data(), static_cast<std::streamsize>(std::min(*left, buffer.size())));
        const auto got = static_cast<std::size_t>(bytes->gcount());
        *left -= got;
        if (got > 0) sink.write(buffer.data(), got);
        if (*left == 0 || got == 0) sink.done();
        return true;
      });
}

json Exchange::page(const json& all, long usual_limit, const json& sort) const {
  return {{"total", all.size()},
          {"limit", std::max(0L, number("limit", usual_limit))},
          {"offset", std::max(0L, number("offset", 0))},
          {"sort", json::array({sort})}};
}

json Exchange::part_of(const json& all, const json& page) {
  json part = json::array();
  const auto first = page["offset"].get<std::size_t>();
  const std::size_t end = std::min(all.size(), first + page["limit"].get<std::size_t>());
  for (std::size_t i = first; i < end; ++i) part.push_back(all[i]);
  return part;
}

}  // namespace patchbot::test::fake
