// SPDX-License-Identifier: Apache-2.0
#include "base/log.hpp"

#include "base/utf8.hpp"

namespace patchbot {

void Log::error(std::string_view text) { line("error: ", text); }

void Log::warning(std::string_view text) {
  if (level_ != Level::quiet) line("warning: ", text);
}

void Log::info(std::string_view text) {
  if (level_ != Level::quiet) line("", text);
}

void Log::detail(std::string_view text) {
  if (level_ == Level::verbose) line("", text);
}

void Log::status(std::string_view text) {
  if (!terminal_ || level_ == Level::quiet) return;
  clear_status();
  out_ << clean_line(text) << std::flush;
  status_shown_ = true;
}

void Log::block(std::string_view text) {
  if (level_ == Level::quiet) return;
  clear_status();
  out_ << text << std::flush;
}

void Log::line(std::string_view kind, std::string_view text) {
  clear_status();
  out_ << kind << clean_line(text) << '\n' << std::flush;
}

void Log::clear_status() {
  if (status_shown_) out_ << "\r\x1b[K";
  status_shown_ = false;
}

}  // namespace patchbot
