// SPDX-License-Identifier: Apache-2.0
#include "services/nessus/incoming.hpp"

#include <algorithm>

namespace patchbot::nessus {

bool Incoming::take(std::string_view bytes) noexcept {
  try {
    file_.write(bytes);
    size_ += bytes.size();
    end_ += bytes.substr(bytes.size() - std::min(bytes.size(), kept));
    if (end_.size() > kept) end_.erase(0, end_.size() - kept);
    if (kind_ == Kind::list) follow_json(bytes);
  } catch (const Error& error) {
    fault_ = error;
    return false;
  }
  return true;
}

bool Incoming::is_whole() const {
  if (kind_ == Kind::report) return end_.find("</NessusClientData_v2>") != std::string::npos;
  return has_begun_ && depth_ == 0 && !is_broken_;
}

void Incoming::commit(std::string_view epilog) {
  file_.write(epilog);
  file_.commit();
}

void Incoming::follow_json(std::string_view bytes) {
  for (const char c : bytes) {
    if (in_text_) {
      if (!is_escaped_ && c == '"') in_text_ = false;
      is_escaped_ = !is_escaped_ && c == '\\';
    } else if (c == '"') {
      in_text_ = true;
      is_broken_ = is_broken_ || depth_ == 0;  // no text outside the list
    } else if (c == '[' || c == '{') {
      is_broken_ = is_broken_ || (depth_ == 0 && (has_begun_ || c == '{'));
      has_begun_ = true;
      ++depth_;
    } else if (c == ']' || c == '}') {
      is_broken_ = is_broken_ || depth_ == 0;
      if (depth_ > 0) --depth_;
    } else if (depth_ == 0 && c != ' ' && c != '\n' && c != '\r' && c != '\t') {
      is_broken_ = true;  // such as a page in HTML
    }
  }
}

}  // namespace patchbot::nessus
