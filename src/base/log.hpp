// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <ostream>
#include <string_view>

namespace patchbot {

/// Lines for people on standard error: lower case, no full stop, what then why. Control characters
/// never get through, so a host name cannot rewrite a build log.
class Log {
 public:
  enum class Level { quiet, normal, verbose };

  explicit Log(std::ostream& out) : out_(out) {}

  void set_level(Level level) { level_ = level; }
  Level level() const { return level_; }

  void error(std::string_view text);    ///< always shown
  void warning(std::string_view text);  ///< shown unless quiet
  void info(std::string_view text);     ///< shown unless quiet
  void detail(std::string_view text);   ///< shown when verbose

  /// A line that the next one replaces: how far long work is. Shown on a terminal only, where a
  /// log would keep every one of them.
  void status(std::string_view text);
  void set_terminal(bool terminal) { terminal_ = terminal; }

  /// Ready text, such as a table; shown unless quiet. The caller has cleaned it.
  void block(std::string_view text);

 private:
  void line(std::string_view kind, std::string_view text);
  void clear_status();

  std::ostream& out_;
  Level level_ = Level::normal;
  bool terminal_ = false;
  bool status_shown_ = false;
};

}  // namespace patchbot
