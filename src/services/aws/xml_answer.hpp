// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_source.hpp"
#include "base/input_buffer.hpp"
#include "formats/xml_scanner.hpp"
#include "services/aws/client.hpp"

namespace patchbot::aws {

/// An element of an answer. Names are local names: namespaces differ between AWS and test servers.
struct XmlNode {
  std::string_view name;
  std::string_view raw;  ///< the text as written
  std::vector<XmlNode> children;

  std::string value() const;  ///< the text, decoded and cleaned to one line

  /// The child of that name, or null; a path such as "placement/availabilityZone" goes deeper.
  const XmlNode* find(std::string_view path) const;

  /// The text of that child, or empty.
  std::string text(std::string_view path) const;

  /// The first element of that name at any depth, itself included, or null.
  const XmlNode* find_below(std::string_view wanted) const;

  /// The children of the child at `path`: its <item> or <member> elements. Empty if there is none.
  const std::vector<XmlNode>& items(std::string_view path) const;
};

/// The tree of one XML answer. Throws Error(remote) for what is not well-formed.
class XmlAnswer {
 public:
  using ReadItem = std::function<void(const XmlNode& item)>;

  /// `what` was asked, for the message of an answer that cannot be read.
  explicit XmlAnswer(const std::string& body, const std::string& what = {})
      : XmlAnswer(body, what, {}, {}) {}

  /// Hands each child of every element called `list` to `read` and keeps it no longer, so that a
  /// large page is never held as a tree.
  XmlAnswer(const std::string& body, std::string_view list, const ReadItem& read)
      : XmlAnswer(body, {}, list, read) {}

  /// The same for the answer to a call, which errors name; throws the call's failure if it failed.
  explicit XmlAnswer(const Reply& reply) : XmlAnswer(reply, {}, {}) {}
  XmlAnswer(const Reply& reply, std::string_view list, const ReadItem& read)
      : XmlAnswer(reply.value(), reply.label, list, read) {}

  const XmlNode& root() const { return root_; }

 private:
  XmlAnswer(const std::string& body,
            const std::string& label,
            std::string_view list,
            const ReadItem& read);

  std::unique_ptr<ByteSource> source_;
  InputBuffer window_;                 // the nodes' views point into it,
  std::optional<XmlScanner> scanner_;  // or to texts that the scanner has put together
  XmlNode root_;
};

}  // namespace patchbot::aws
