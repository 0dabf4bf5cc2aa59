// SPDX-License-Identifier: Apache-2.0
#include "formats/nessus_layout.hpp"

#include "base/error.hpp"
#include "base/input_buffer.hpp"
#include "base/utf8.hpp"
#include "formats/xml_scanner.hpp"
#include "formats/xml_text.hpp"

namespace patchbot {
namespace {

using Token = XmlScanner::Token;

// Long texts are passed over where nobody needs them.
constexpr std::size_t leaf_limit = std::size_t{1024} * 1024;

/// Knows how many bytes were read, and so where in the file a place of the window is.
class CountedSource : public ByteSource {
 public:
  explicit CountedSource(ByteSource& source) : source_(source) {}
  std::size_t read(char* into, std::size_t size) override {
    const std::size_t got = source_.read(into, size);
    count_ += got;
    return got;
  }
  std::uint64_t count() const { return count_; }

 private:
  ByteSource& source_;
  std::uint64_t count_ = 0;
};

// Text that the scanner has accepted, fit to stand between tags or quotes.
std::string escaped(std::string_view raw) {
  std::string out;
  for (const char c : clean_xml(raw)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

class Surveyor {
 public:
  explicit Surveyor(ByteSource& source) : source_(source), buffer_(source_), scanner_(buffer_) {
    scanner_.set_leaf_limit(leaf_limit);
  }

  NessusLayout survey() {
    while (step()) {
    }
    if (!has_report_) {
      scanner_.fail(scanner_.place(),
                    "the export holds no <Report>: nothing was found, or it is cut");
    }
    return layout_;
  }

 private:
  bool step() {
    const XmlScanner::Mark mark = scanner_.mark();
    switch (scanner_.next()) {
      case Token::finish: return false;
      case Token::more: {
        const XmlScanner::Mark from = scanner_.depth() == 0 ? mark : scanner_.mark();
        scanner_.rewind(from, buffer_.refill(from.place));
        break;
      }
      case Token::open:
        if (scanner_.depth() == 1) check_root();
        if (scanner_.depth() == 2 && scanner_.name() == "Report") {
          begin_report();
          is_in_report_ = true;
        }
        break;
      case Token::leaf: leaf(); break;
      case Token::close:
        if (is_in_report_ && scanner_.depth() == 1) {
          layout_.hosts_end = offset(scanner_.token_begin());
          is_in_report_ = false;
        }
        break;
    }
    return true;
  }

  std::uint64_t offset(const char* place) const {
    return source_.count() - static_cast<std::uint64_t>(buffer_.end() - place);
  }

  void check_root() {
    if (scanner_.name() == "NessusClientData_v2") return;
    scanner_.fail(scanner_.token_begin(),
                  "root element <" + clean_line(cut_utf8(scanner_.name(), 60)) +
                      "> is not that of a whole export; expected <NessusClientData_v2>");
  }

  void begin_report() {
    if (has_report_) scanner_.fail(scanner_.token_begin(), "a second <Report>");
    has_report_ = true;
    layout_.report_begin = offset(scanner_.token_begin());
    layout_.hosts_begin = layout_.hosts_end = offset(scanner_.place());
    layout_.report_tag = "<Report";
    for (const XmlAttribute& attribute : scanner_.attributes()) {
      layout_.report_tag +=
          " " + std::string(attribute.name) + "=\"" + escaped(attribute.value) + "\"";
    }
    layout_.report_tag += '>';
  }

  void leaf() {
    if (scanner_.depth() == 0) check_root();
    if (scanner_.depth() == 1 && scanner_.name() == "Report") begin_report();
    if (has_report_) return;
    if (scanner_.name() == "name") {
      is_target_ = clean_xml(scanner_.text()) == "TARGET";
      scanner_.set_leaf_limit(is_target_ ? SIZE_MAX : leaf_limit);
    } else if (scanner_.name() == "value" && is_target_) {
      layout_.value_begin = offset(scanner_.token_begin());
      layout_.value_end = offset(scanner_.place());
      layout_.targets = escaped(scanner_.text());
      is_target_ = false;
      scanner_.set_leaf_limit(leaf_limit);
    }
  }

  CountedSource source_;
  InputBuffer buffer_;
  XmlScanner scanner_;
  NessusLayout layout_;
  bool has_report_ = false;
  bool is_in_report_ = false;
  bool is_target_ = false;  ///< the next <value> is that of TARGET
};

}  // namespace

NessusLayout nessus_layout(ByteSource& source) { return Surveyor(source).survey(); }

NessusLayout nessus_layout(const std::string& file) {
  try {
    const auto source = open_file(file);
    return nessus_layout(*source);
  } catch (const Error& error) {
    throw error.in(clean_line(file));
  }
}

}  // namespace patchbot
