// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <list>
#include <string>
#include <string_view>
#include <vector>

#include "base/input_buffer.hpp"

namespace patchbot {

struct XmlAttribute {
  std::string_view name;
  std::string_view value;  ///< as written, references not replaced
};

/// A pull scanner for XML 1.0 in UTF-8 with every well-formedness check of the specification, less
/// what a report has no use for: nesting above 64 and document type declarations are refused,
/// unless set_document_type allows for those that merely name a type.
///
/// It works inside the window of an InputBuffer. When a token is not whole there it returns `more`
/// and has changed nothing: the caller refills from its mark and asks again. All views are into the
/// window and live until then. Errors are Error(input) with the position.
class XmlScanner {
 public:
  enum class Token : std::uint8_t {
    open,   ///< a start tag; children or a very long text follow
    leaf,   ///< an element with nothing but text, or with nothing
    close,  ///< the end tag of an `open`
    more,   ///< the window ends inside a token
    finish  ///< the end of the document
  };

  /// Where to come back to after `more`.
  struct Mark {
    const char* place;
    std::size_t depth;
    std::size_t names_size;
    bool at_start;
    bool root_seen;
  };

  explicit XmlScanner(const InputBuffer& buffer);

  /// `passed_over`: a declaration that only names a type, as some scanners write it, means nothing;
  /// what it refers to is never opened. One that declares something itself is refused all the same.
  enum class DocumentType : std::uint8_t { refused, passed_over };
  void set_document_type(DocumentType rule) { document_type_ = rule; }

  /// A text longer than this may come as `open` without its text, so that it need not be held in
  /// memory; unlimited at first.
  void set_leaf_limit(std::size_t bytes) { leaf_limit_ = bytes; }

  Token next();

  std::string_view name() const { return name_; }
  std::string_view text() const { return text_; }  ///< of a leaf, references not replaced
  bool is_text_in_window() const { return text_in_window_; }
  const std::vector<XmlAttribute>& attributes() const { return attributes_; }

  /// The value as written, or an empty view.
  std::string_view attribute(std::string_view name) const;

  const char* token_begin() const { return token_; }
  const char* place() const { return place_; }
  std::size_t depth() const { return starts_.size(); }

  /// The place to come back to; texts of tokens before it are no longer needed.
  Mark mark();

  /// Goes back to the mark, which now lies at `place`.
  void rewind(const Mark& mark, const char* place);

  /// Goes on at `place`: the caller has seen the same bytes scanned before.
  void skip_to(const char* place) { place_ = place; }

  [[noreturn]] void fail(const char* place, const std::string& what) const;

 private:
  enum class Commit : std::uint8_t { no, yes };

  static constexpr std::string_view cdata_open = "<![CDATA[";

  // Tags (xml_scanner.cpp). A null pointer means: the window ends, come back with more.
  Token tag(const char* p);
  bool skip_aside(const char* p);
  Token start_tag(const char* p);
  Token end_tag(const char* p);
  Token element_content(const char* p);
  Token mixed_leaf(const char* content, const char* p);
  Token closed_leaf(const char* p);
  Token leaf_is_cut(const char* content);
  Token accept_leaf(const char* after);
  Token accept_open(const char* content);
  const char* attribute_list(const char* p);
  const char* one_attribute(const char* p);
  const char* end_of_value(const char* p, char quote) const;
  void add_attribute(std::string_view name, std::string_view value, const char* place);
  const char* append_piece(std::string& text, const char* p);
  const char* name_at(const char* p) const;
  const char* behind_end_tag(const char* p, std::string_view name) const;
  [[noreturn]] void mismatch(const char* place, std::string_view name) const;
  std::string_view innermost() const;
  bool is_cut(const char* p, std::ptrdiff_t size) const;
  const char* out_of_window() const;
  static bool is_name_start(char c);

  // All that is not a tag (xml_markup.cpp).
  const char* behind_byte_order_mark(const char* p) const;
  const char* outside_root(const char* p);
  const char* character_data(const char* p, Commit commit);
  const char* behind_stop(const char* p) const;
  const char* reference(const char* p) const;
  const char* character(const char* p) const;
  const char* aside(const char* p) const;
  const char* markup_declaration(const char* p) const;
  const char* comment(const char* p) const;
  const char* document_type(const char* p) const;
  const char* processing_instruction(const char* p) const;
  void xml_declaration(std::string_view content, const char* p) const;
  const char* skip_blank(const char* p) const;
  const char* find(const char* p, std::string_view what) const;
  const char* checked(const char* p, const char* end) const;

  const InputBuffer& buffer_;
  const char* place_;
  const char* end_ = nullptr;
  const char* token_ = nullptr;
  bool at_start_ = true;
  bool root_seen_ = false;
  std::size_t leaf_limit_ = SIZE_MAX;
  DocumentType document_type_ = DocumentType::refused;

  std::string_view name_;
  std::string_view text_;
  bool text_in_window_ = true;
  std::vector<XmlAttribute> attributes_;
  std::list<std::string> copied_texts_;  // of leaves with CDATA or comments, until the next rewind
  std::string names_;                    // of the open elements, one behind the other
  std::vector<std::size_t> starts_;      // where each begins
};

}  // namespace patchbot
