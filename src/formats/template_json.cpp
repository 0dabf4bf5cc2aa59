// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <utility>

#include "base/byte_source.hpp"
#include "base/input_buffer.hpp"
#include "formats/records/json_scanner.hpp"
#include "formats/records/json_text.hpp"
#include "formats/template_functions.hpp"
#include "formats/template_yaml.hpp"

namespace patchbot {
namespace {

using Token = JsonScanner::Token;

/// Lines and columns of places that come one behind the other.
class Places {
 public:
  explicit Places(const char* begin) : begin_(begin), at_(begin) {}

  Position of(const char* place) {
    for (; at_ < place; ++at_) {
      const bool continues = (static_cast<unsigned char>(*at_) & 0xC0U) == 0x80U;
      if (!continues) ++position_.column;
      if (*at_ == '\n') {
        ++position_.line;
        position_.column = 1;
      }
    }
    position_.offset = static_cast<std::uint64_t>(place - begin_);
    return position_;
  }

 private:
  const char* begin_;
  const char* at_;
  Position position_;
};

class JsonTemplate {
 public:
  explicit JsonTemplate(std::string_view text)
      : source_(memory_source(text)), buffer_(*source_, text.size() + 1), scanner_(buffer_) {}

  Template read() {
    const Token first = scanner_.next();
    places_.emplace(buffer_.begin());
    whole_.root = value(first);
    if (scanner_.next() != Token::end) fail("a second document begins");
    return std::move(whole_);
  }

 private:
  [[noreturn]] void fail(const char* what) const { scanner_.fail(scanner_.place(), what); }

  TemplateNode value(Token token) {
    if (++values_ > TemplateLimits::values) fail("holds more than 500,000 values");
    TemplateNode node;
    const bool is_word = token != Token::object && token != Token::list && token != Token::text;
    node.place = places_->of(is_word ? scanner_.value().data() : scanner_.place() - 1);
    switch (token) {
      case Token::object: read_object(node); break;
      case Token::list: read_list(node); break;
      case Token::text:
        scanner_.read_text();
        node.quoted = true;
        node.text = decode_json(scanner_.value());
        break;
      default: node.text = scanner_.value(); break;
    }
    return node;
  }

  void read_list(TemplateNode& node) {
    node.kind = TemplateNode::Kind::list;
    for (Token token = scanner_.next(); token != Token::close; token = scanner_.next()) {
      node.items.push_back(value(token));
    }
  }

  void read_object(TemplateNode& node) {
    node.kind = TemplateNode::Kind::map;
    for (Token token = scanner_.next(); token != Token::close; token = scanner_.next()) {
      TemplateNode::Member member;
      member.key = decode_json(scanner_.key());
      member.place = places_->of(scanner_.key().data() - 1);
      member.value = value(token);
      node.members.push_back(std::move(member));
    }
    keep_last_of_each(node, whole_.problems);
    unify_call(node);
  }

  std::unique_ptr<ByteSource> source_;
  InputBuffer buffer_;
  JsonScanner scanner_;
  std::optional<Places> places_;
  Template whole_;
  std::size_t values_ = 0;
};

}  // namespace

Template read_json_template(std::string_view text) { return JsonTemplate(text).read(); }

}  // namespace patchbot
