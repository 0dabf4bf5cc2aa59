// SPDX-License-Identifier: Apache-2.0
#include "services/aws/xml_answer.hpp"

#include "base/error.hpp"
#include "base/utf8.hpp"
#include "formats/xml_scanner.hpp"
#include "formats/xml_text.hpp"

namespace patchbot::aws {
namespace {

using Token = XmlScanner::Token;

std::string_view local_name(std::string_view name) {
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

class TreeBuilder {
 public:
  TreeBuilder(XmlScanner& scanner, std::string_view list, const XmlAnswer::ReadItem& read)
      : scanner_(scanner), list_(list), read_(read) {}

  void read(XmlNode& root) {
    path_.push_back(&root);
    for (Token token = scanner_.next(); token != Token::finish; token = scanner_.next()) {
      if (token == Token::close) {
        close();
      } else {
        open(token);
      }
    }
  }

 private:
  void open(Token token) {
    XmlNode node;
    node.name = local_name(scanner_.name());
    if (token == Token::leaf) node.raw = scanner_.text();
    path_.back()->children.push_back(std::move(node));
    path_.push_back(&path_.back()->children.back());
    if (token == Token::leaf) close();
  }

  void close() {
    const XmlNode& done = *path_.back();
    path_.pop_back();
    const bool listed = !list_.empty() && path_.size() > 1 && path_.back()->name == list_;
    if (!listed) return;
    read_(done);
    path_.back()->children.pop_back();
  }

  XmlScanner& scanner_;
  std::string_view list_;
  const XmlAnswer::ReadItem& read_;
  std::vector<XmlNode*> path_;  // stable: only the last child of an open node grows
};

}  // namespace

std::string XmlNode::value() const { return clean_line(decode_xml(raw)); }

const XmlNode* XmlNode::find(std::string_view path) const {
  const XmlNode* node = this;
  while (node != nullptr && !path.empty()) {
    const auto slash = path.find('/');
    const std::string_view step = path.substr(0, slash);
    path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    const XmlNode* found = nullptr;
    for (const XmlNode& child : node->children) {
      if (child.name == step) {
        found = &child;
        break;
      }
    }
    node = found;
  }
  return node;
}

std::string XmlNode::text(std::string_view path) const {
  const XmlNode* node = find(path);
  return node == nullptr ? std::string() : node->value();
}

const XmlNode* XmlNode::find_below(std::string_view wanted) const {
  if (name == wanted) return this;
  for (const XmlNode& child : children) {
    if (const XmlNode* found = child.find_below(wanted)) return found;
  }
  return nullptr;
}

const std::vector<XmlNode>& XmlNode::items(std::string_view path) const {
  static const std::vector<XmlNode> none;
  const XmlNode* node = find(path);
  return node == nullptr ? none : node->children;
}

XmlAnswer::XmlAnswer(const std::string& body,
                     const std::string& label,
                     std::string_view list,
                     const ReadItem& read)
    : source_(memory_source(body)), window_(*source_, body.size() + 1, body.size() + 2) {
  while (!window_.ended()) window_.refill(window_.begin());
  scanner_.emplace(window_);
  XmlNode document;
  try {
    TreeBuilder(*scanner_, list, read).read(document);
  } catch (const Error& error) {
    if (!error.position()) throw;
    const std::string place = label.empty() ? "" : label + ": ";
    throw Error(Blame::remote, error.in(place + "the answer, line and column").what());
  }
  if (!document.children.empty()) root_ = std::move(document.children.front());
}

}  // namespace patchbot::aws
