// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <httplib.h>

#include <istream>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace patchbot::test::fake {

using nlohmann::json;

/// One request, and its answer.
class Exchange {
 public:
  Exchange(const httplib::Request& request, httplib::Response& response);

  /// is("GET", "scans/*/export"): a star is any one part of the path.
  bool is(std::string_view method, std::string_view pattern) const;
  bool is_under(std::string_view root) const { return path_.size() > 1 && path_[0] == root; }
  const std::string& part(std::size_t index) const { return path_.at(index); }
  long id(std::size_t index) const;  ///< -1 where the part is no number
  std::string parameter(const std::string& name) const;
  long number(const std::string& name, long otherwise) const;
  std::string header(const std::string& name) const { return request_.get_header_value(name); }
  json body() const;  ///< an object, empty where there is none

  void say(const json& body, int status = 200);
  void refuse(int status, const std::string& why) { say({{"error", why}}, status); }
  void not_found() { refuse(404, "The requested file was not found"); }
  void done() { response_.status = 200; }  ///< with nothing to say
  void break_off(int status, std::size_t promised);

  /// Without a length, as the cloud does: what is cut looks whole.
  void send(const std::shared_ptr<std::istream>& bytes, std::size_t size, const std::string& name);

  /// The part of all that was asked for by limit and offset, and what is said of that.
  json page(const json& all, long usual_limit, const json& sort) const;
  static json part_of(const json& all, const json& page);

 private:
  const httplib::Request& request_;
  httplib::Response& response_;
  std::vector<std::string> path_;
};

}  // namespace patchbot::test::fake
