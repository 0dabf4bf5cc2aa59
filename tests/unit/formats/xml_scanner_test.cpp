// SPDX-License-Identifier: Apache-2.0
#include "formats/xml_scanner.hpp"

#include <gtest/gtest.h>

#include "formats/xml_text.hpp"
#include "support.hpp"

namespace patchbot {
namespace {

using test::fault_of;
using Token = XmlScanner::Token;
using namespace std::string_literals;

struct How {
  std::size_t chunk = 65536;
  std::size_t leaf_limit = SIZE_MAX;
  XmlScanner::DocumentType document_type = XmlScanner::DocumentType::refused;
};

// The whole document as a line: <open k=v> leaf k=v "text" </>.
std::string scan(std::string_view text, How how = {}) {
  const auto source = memory_source(text);
  InputBuffer buffer(*source, how.chunk);
  XmlScanner scanner(buffer);
  scanner.set_leaf_limit(how.leaf_limit);
  scanner.set_document_type(how.document_type);
  std::string told;
  for (;;) {
    const XmlScanner::Mark mark = scanner.mark();
    const Token token = scanner.next();
    if (token == Token::finish) return told;
    if (token == Token::more) {
      if (buffer.ended()) return told + "ASKED FOR MORE AT THE END";
      scanner.rewind(mark, buffer.refill(mark.place));
      continue;
    }
    if (token == Token::close) {
      told += "</>";
      continue;
    }
    std::string tag(scanner.name());
    for (const XmlAttribute& a : scanner.attributes())
      tag += " " + std::string(a.name) + "=" + std::string(a.value);
    told +=
        token == Token::open ? "<" + tag + ">" : "[" + tag + ":" + decode_xml(scanner.text()) + "]";
  }
}

std::string refusal(std::string_view text, How how = {}) {
  return fault_of([&] { scan(text, how); });
}

TEST(XmlScanner, TellsElementsWithTextFromElementsWithChildren) {
  EXPECT_EQ(scan("<a x='1' y=\"2\">\n <b>text</b><c/><d></d> <e k='v' ><f/></e >\n</a>\n"),
            "<a x=1 y=2>[b:text][c:][d:]<e k=v>[f:]</></>");
}

TEST(XmlScanner, ReadsAnEmptyRoot) {
  EXPECT_EQ(scan("<a/>"), "[a:]");
  EXPECT_EQ(scan("<a></a>"), "[a:]");
}

TEST(XmlScanner, PassesOverDeclarationCommentsAndInstructions) {
  EXPECT_EQ(scan("<?xml version='1.0' encoding=\"utf-8\" standalone='yes'?>\n<!-- - > < & -->\n"
                 "<?style x?><a><?p?><b>x</b><!----></a><!-- end --> <?z z?>\n"),
            "<a>[b:x]</>");
}

TEST(XmlScanner, PutsTextAroundCommentsAndCdataTogether) {
  EXPECT_EQ(scan("<a><b>1<!-- no -->2<![CDATA[<3>&amp;]]]]><?p q?>&lt;4</b></a>"),
            "<a>[b:12<3>&amp;]]<4]</>");
}

TEST(XmlScanner, PassesOverCdataBetweenElements) {
  EXPECT_EQ(scan("<a><![CDATA[ <x> ]]><b/></a>"), "<a>[b:]</>");
  EXPECT_EQ(scan("<a><![CDATA[x]]></a>"), "[a:x]");
}

TEST(XmlScanner, FindsChildrenBehindTextAndComments) {
  EXPECT_EQ(scan("<a>text<!-- c --><b/>more &amp; text</a>"), "<a>[b:]</>");
}

TEST(XmlScanner, AcceptsAByteOrderMarkAtTheStartOnly) {
  EXPECT_EQ(scan("\xEF\xBB\xBF<?xml version='1.0'?><a/>"), "[a:]");
  EXPECT_EQ(scan("\xEF\xBB\xBF \n<a/>"), "[a:]");
  EXPECT_EQ(refusal(" \xEF\xBB\xBF<a/>"), "input 1:2: not XML: expected '<'");
  EXPECT_EQ(refusal("\xEF\xBB\xBF\xEF\xBB\xBF<a/>"), "input 1:2: not XML: expected '<'");
}

TEST(XmlScanner, AcceptsAllCharactersAndReferencesThatXmlAllows) {
  EXPECT_EQ(scan("<a t='&quot;&#9;'>&lt;&gt;&amp;&apos;&#xD;&#x1F600;\t\xEF\xBF\xBD\x7F]] ]></a>"),
            "[a t=&quot;&#9;:<>&'\r😀\t\xEF\xBF\xBD\x7F]] ]>]");
}

TEST(XmlScanner, KeepsGreaterThanSignsAndQuotesInAttributes) {
  EXPECT_EQ(scan("<a x='\">/' y=\"'>\"/>"), "[a x=\">/ y='>:]");
}

TEST(XmlScanner, SeesTagsThatDoNotMatch) {
  EXPECT_EQ(refusal("<a>\n<b></c></a>"), "input 2:4: tags do not match: expected </b>");
  EXPECT_EQ(refusal("<a>\n<b/></b>"), "input 2:5: tags do not match: expected </a>");
  EXPECT_EQ(refusal("<a><b><c/></bb></a>"), "input 1:11: tags do not match: expected </b>");
  EXPECT_EQ(refusal("<aa><b/></a>"), "input 1:9: tags do not match: expected </aa>");
  EXPECT_EQ(refusal("<a><b>x</b x></a>"), "input 1:8: tags do not match: expected </b>");
  EXPECT_EQ(refusal("<a>x<!-- --></b>"), "input 1:13: tags do not match: expected </a>");
  EXPECT_EQ(refusal("<A></a>"), "input 1:4: tags do not match: expected </A>");
  EXPECT_EQ(refusal("</a>"), "input 1:1: an end tag without a start tag");
  EXPECT_EQ(refusal("<a/></a>"), "input 1:5: an end tag without a start tag");
}

TEST(XmlScanner, SeesReferencesThatAreNone) {
  constexpr auto raw = "'&' that begins no entity; expected &amp;";
  EXPECT_EQ(refusal("<a>\nAT&T is a company</a>"), "input 2:3: "s + raw);
  EXPECT_EQ(refusal("<a>x & y, long text behind</a>"), "input 1:6: "s + raw);
  EXPECT_EQ(refusal("<a x='a&b and long text'/>"), "input 1:8: "s + raw);
  const auto unknown = [](const char* place, const char* name) {
    return "input 1:"s + place + ": unknown entity or character reference '" + name + "'";
  };
  EXPECT_EQ(refusal("<a>&nbsp;</a>"), unknown("4", "&nbsp;"));
  EXPECT_EQ(refusal("<a>&;</a>"), unknown("4", "&;"));
  EXPECT_EQ(refusal("<a>&LT;</a>"), unknown("4", "&LT;"));
  EXPECT_EQ(refusal("<a>&#0;</a>"), unknown("4", "&#0;"));
  EXPECT_EQ(refusal("<a>&#x0;</a>"), unknown("4", "&#x0;"));
  EXPECT_EQ(refusal("<a>&#8;</a>"), unknown("4", "&#8;"));
  EXPECT_EQ(refusal("<a>&#xD800;</a>"), unknown("4", "&#xD800;"));
  EXPECT_EQ(refusal("<a>&#xFFFE;</a>"), unknown("4", "&#xFFFE;"));
  EXPECT_EQ(refusal("<a>&#x110000;</a>"), unknown("4", "&#x110000;"));
  EXPECT_EQ(refusal("<a>&#4294967305;</a>"), unknown("4", "&#4294967305;"));
  EXPECT_EQ(refusal("<a>&#X41;</a>"), unknown("4", "&#X41;"));
  EXPECT_EQ(refusal("<a>&#;</a>"), unknown("4", "&#;"));
  EXPECT_EQ(refusal("<a>&#x;</a>"), unknown("4", "&#x;"));
  EXPECT_EQ(refusal("<a>&#-5;</a>"), unknown("4", "&#-5;"));
  EXPECT_EQ(refusal("<a x='&#0;'/>"), unknown("7", "&#0;"));
}

TEST(XmlScanner, SeesForbiddenCharactersEverywhere) {
  EXPECT_EQ(refusal("<a>\n\x01</a>"), "input 2:1: control character 1, which XML forbids");
  EXPECT_EQ(refusal("<a>\0</a>"s), "input 1:4: control character 0, which XML forbids");
  EXPECT_EQ(refusal("<a x='\x1B'/>"), "input 1:7: control character 27, which XML forbids");
  EXPECT_EQ(refusal("<a><!-- \x0B --></a>"), "input 1:9: control character 11, which XML forbids");
  EXPECT_EQ(refusal("<a><b><![CDATA[\x0C]]></b></a>"),
            "input 1:16: control character 12, which XML forbids");
  EXPECT_EQ(refusal("<a><?p \x02?></a>"), "input 1:8: control character 2, which XML forbids");
  EXPECT_EQ(refusal("<a\x03/>"), "input 1:3: control character 3, which XML forbids");
  EXPECT_EQ(refusal("<a b\x04='1'/>"), "input 1:5: control character 4, which XML forbids");
  EXPECT_EQ(refusal("<a>\xEF\xBF\xBF</a>"), "input 1:4: a character that XML forbids");
}

TEST(XmlScanner, SeesBytesThatAreNotUtf8) {
  EXPECT_EQ(refusal("<a>ü\xFF</a>"), "input 1:5: bytes that are not UTF-8");
  EXPECT_EQ(refusal("<a>\xC0\x80</a>"), "input 1:4: bytes that are not UTF-8");
  EXPECT_EQ(refusal("<a>\xED\xA0\x80</a>"), "input 1:4: bytes that are not UTF-8");
  EXPECT_EQ(refusal("<a>\xE2\x82</a>"), "input 1:4: bytes that are not UTF-8");
  EXPECT_EQ(refusal("<a x=\"\xE9\"/>"), "input 1:7: bytes that are not UTF-8");
  EXPECT_EQ(refusal("<a\xE9/>"), "input 1:3: bytes that are not UTF-8");
  EXPECT_EQ(refusal("<a><!--\xE9--></a>"), "input 1:8: bytes that are not UTF-8");
  EXPECT_EQ(refusal("<a><![CDATA[\xE9]]></a>"), "input 1:13: bytes that are not UTF-8");
}

TEST(XmlScanner, SeesMalformedTags) {
  EXPECT_EQ(refusal("<a x='<'/>"), "input 1:7: '<' in an attribute value");
  EXPECT_EQ(refusal("<a x='1' x='2'/>"), "input 1:10: attribute 'x' is given twice");
  EXPECT_EQ(refusal("<a x='1'y='2'/>"), "input 1:9: expected a blank, '/' or '>' in a tag");
  EXPECT_EQ(refusal("<a x/>"), "input 1:5: expected '=' behind an attribute name");
  EXPECT_EQ(refusal("<a x=1/>"), "input 1:6: expected a quoted attribute value");
  EXPECT_EQ(refusal("<a / >"), "input 1:4: expected '/>'");
  EXPECT_EQ(refusal("<a ='1'/>"), "input 1:4: expected a name");
  EXPECT_EQ(refusal("<1/>"), "input 1:2: expected a name");
  EXPECT_EQ(refusal("<a>1 < 2, as everybody knows</a>"), "input 1:7: expected a name");
  EXPECT_EQ(refusal("<a><<b/></a>"), "input 1:5: expected a name");
  EXPECT_EQ(refusal("<a><-b/></a>"), "input 1:5: expected a name");
}

TEST(XmlScanner, SeesTheEndOfCdataInText) {
  EXPECT_EQ(refusal("<a>x]]>y</a>"), "input 1:5: ']]>' in text");
  EXPECT_EQ(refusal("<a>x]]]>y</a>"), "input 1:6: ']]>' in text");
  EXPECT_EQ(refusal("<a><b/>]]></a>"), "input 1:8: ']]>' in text");
  EXPECT_EQ(scan("<a x=']]>'/>"), "[a x=]]>:]");
}

TEST(XmlScanner, SeesWhatStandsOutsideTheRoot) {
  EXPECT_EQ(refusal("<a/>\njunk"), "input 2:1: text behind the end of the document");
  EXPECT_EQ(refusal("<a/>&amp;"), "input 1:5: text behind the end of the document");
  EXPECT_EQ(refusal("<a/>\0"s), "input 1:5: text behind the end of the document");
  EXPECT_EQ(refusal("<a/><b/>"), "input 1:5: a second root element");
  EXPECT_EQ(refusal("<a></a>\n <b>"), "input 2:2: a second root element");
  EXPECT_EQ(refusal("junk<a/>"), "input 1:1: not XML: expected '<'");
  EXPECT_EQ(refusal("<![CDATA[x]]><a/>"), "input 1:1: a CDATA section outside the root element");
  EXPECT_EQ(refusal(""), "input 1:1: the file holds no XML element");
  EXPECT_EQ(refusal(" \n"), "input 2:1: the file holds no XML element");
  EXPECT_EQ(refusal("<!-- only -->"), "input 1:14: the file holds no XML element");
}

TEST(XmlScanner, SeesMalformedCommentsAndInstructions) {
  EXPECT_EQ(refusal("<a><!-- a -- b --></a>"), "input 1:11: '--' inside a comment");
  EXPECT_EQ(refusal("<a><!-- a ---></a>"), "input 1:11: '--' inside a comment");
  EXPECT_EQ(refusal("<a><? x?></a>"), "input 1:4: a processing instruction without a name");
  EXPECT_EQ(refusal("<a><?"
                    "?></a>"),
            "input 1:4: a processing instruction without a name");
  EXPECT_EQ(refusal("<a><?x=y?></a>"), "input 1:7: a blank is missing behind the name");
}

TEST(XmlScanner, RefusesDeclarationsOfDocumentTypes) {
  constexpr auto refused = ": a document type or other declaration, which is refused";
  EXPECT_EQ(refusal("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>"), "input 1:1"s + refused);
  EXPECT_EQ(refusal("<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY b 'c'>]><a/>"),
            "input 2:1"s + refused);
  EXPECT_EQ(refusal("<a><!ELEMENT b></a>"), "input 1:4"s + refused);
  EXPECT_EQ(refusal("<a/><!doctype a>"), "input 1:5"s + refused);
}

TEST(XmlScanner, PassesOverDocumentTypesThatOnlyNameOneIfAllowed) {
  for (std::size_t chunk : {1, 2, 7, 65536}) {
    const How how{chunk, SIZE_MAX, XmlScanner::DocumentType::passed_over};
    EXPECT_EQ(scan("<?xml version='1.0'?>\n<!DOCTYPE a SYSTEM \"x>['<.dtd\" >\n<a/>", how), "[a:]");
    EXPECT_EQ(scan("<!DOCTYPE a PUBLIC '-//x' '\"y'><!-- b --><a/>", how), "[a:]");
    constexpr auto inside = ": declarations inside a document type, which are refused";
    EXPECT_EQ(refusal("<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", how), "input 1:13"s + inside);
    EXPECT_EQ(refusal("<!DOCTYPE a <a/>", how), "input 1:13"s + inside);
    EXPECT_EQ(refusal("<!ENTITY b 'c'><a/>", how), "input 1:1: a declaration, which is refused");
    constexpr auto refused = ": a document type or other declaration, which is refused";
    EXPECT_EQ(refusal("<a><!DOCTYPE a></a>", how), "input 1:4"s + refused);
    EXPECT_EQ(refusal("<a/><!DOCTYPE a>", how), "input 1:5"s + refused);
    EXPECT_EQ(refusal("<!DOCTYPE a SYSTEM 'b", how),
              "input 1:22: the file ends inside its first element");
  }
}

TEST(XmlScanner, RefusesAnXmlDeclarationThatIsLate) {
  constexpr auto late = ": an XML declaration that is not at the start of the file";
  EXPECT_EQ(refusal(" <?xml version='1.0'?><a/>"), "input 1:2"s + late);
  EXPECT_EQ(refusal("<!-- c --><?xml version='1.0'?><a/>"), "input 1:11"s + late);
  EXPECT_EQ(refusal("<?xml version='1.0'?><?xml version='1.0'?><a/>"), "input 1:22"s + late);
  EXPECT_EQ(refusal("<a><?xml version='1.0'?></a>"), "input 1:4"s + late);
  EXPECT_EQ(refusal("<a/><?xml version='1.0'?>"), "input 1:5"s + late);
  EXPECT_EQ(refusal("<?XML version='1.0'?><a/>"), "input 1:1"s + late);
}

TEST(XmlScanner, RefusesOtherVersionsAndEncodings) {
  EXPECT_EQ(refusal("<?xml version='1.1'?><a/>"), "input 1:1: not XML version 1.0");
  EXPECT_EQ(refusal("<?xml?><a/>"), "input 1:1: not XML version 1.0");
  EXPECT_EQ(refusal("<?xml version='1.0' encoding='ISO-8859-1'?><a/>"),
            "input 1:1: encoding ISO-8859-1 is not supported; expected UTF-8");
  EXPECT_EQ(scan("<?xml version='1.0' encoding='US-ASCII'?><a/>"), "[a:]");
}

std::string nested(std::size_t depth) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += "<a>";
  text += "<b/>";
  for (std::size_t i = 0; i < depth; ++i) text += "</a>";
  return text;
}

TEST(XmlScanner, RefusesElementsInsideMoreThan64) {
  EXPECT_EQ(refusal(nested(64)), "nothing");
  EXPECT_EQ(refusal(nested(65)), "input 1:193: elements are nested more than 64 deep");
}

TEST(XmlScanner, RefusesMoreThan256Attributes) {
  const auto element = [](int count) {
    std::string text = "<a";
    for (int i = 0; i < count; ++i) text += " a" + std::to_string(i) + "=''";
    return text + "/>";
  };

  EXPECT_EQ(refusal(element(256)), "nothing");
  EXPECT_EQ(refusal(element(257)),
            "input 1:" + std::to_string(element(256).size()) + ": more than 256 attributes");
}

TEST(XmlScanner, NamesTheElementInWhichTheFileEnds) {
  EXPECT_EQ(refusal("<a"), "input 1:3: the file ends inside its first element");
  EXPECT_EQ(refusal("<a>\n<b/>\n"), "input 3:1: the file ends inside <a>");
  EXPECT_EQ(refusal("<a><b><c/>"), "input 1:11: the file ends inside <b>");
  EXPECT_EQ(refusal("<a/><!-- "), "input 1:10: the file ends inside markup");
}

TEST(XmlScanner, LeavesOutTextAboveItsLimit) {
  const std::string text = "<a><b>" + std::string(500, 'x') + "</b><c>short</c></a>";

  EXPECT_EQ(scan(text, {.chunk = 64, .leaf_limit = 100}), "<a><b></>[c:short]</>");
  EXPECT_EQ(scan(text, {.chunk = 64}), "<a>[b:" + std::string(500, 'x') + "][c:short]</>");
}

TEST(XmlScanner, ChecksTextThatItLeavesOut) {
  const std::string text = "<a><b>" + std::string(500, 'x') + "\x01</b></a>";

  EXPECT_EQ(refusal(text, {.chunk = 64, .leaf_limit = 100}),
            "input 1:507: control character 1, which XML forbids");
}

constexpr std::string_view small_document =
    "\xEF\xBB\xBF<?xml version=\"1.0\" encoding='UTF-8'?>\n"
    "<!-- a comment -->\n"
    "<root xmlns:cm=\"http://x\"  a='&lt;ü€😀'>\n"
    "  text &amp; <empty/><empty2 ></empty2 >\n"
    "  <item id=\"1\"><cm:x>a&#10;b]c]]d</cm:x><y>1<![CDATA[<&>]]>2<!-- z -->3</y></item>\n"
    "  <?pi data?><deep><deeper><deepest>ü</deepest></deeper></deep>\n"
    "</root>\n"
    "<!-- end -->\n";

TEST(XmlScanner, ReadsTheSameWithEveryChunkSize) {
  const std::string whole = scan(small_document);
  EXPECT_EQ(whole,
            "<root xmlns:cm=http://x a=&lt;ü€😀>[empty:][empty2:]<item id=1>[cm:x:a\nb]c]]d]"
            "[y:1<&>23]</><deep><deeper>[deepest:ü]</></></>");

  for (std::size_t chunk = 1; chunk <= 400; ++chunk) {
    std::string told;
    ASSERT_EQ(fault_of([&] { told = scan(small_document, {.chunk = chunk}); }), "nothing")
        << "chunk " << chunk;
    ASSERT_EQ(told, whole) << "chunk " << chunk;
  }
}

TEST(XmlScanner, RefusesTheDocumentCutAtAnyByteWithAnyChunkSize) {
  const std::size_t root_end = small_document.find("</root>") + 7;
  for (std::size_t cut = 0; cut < root_end; ++cut) {
    const std::string whole = refusal(small_document.substr(0, cut));
    ASSERT_NE(whole, "nothing") << "cut at " << cut;
    for (std::size_t chunk = 1; chunk <= 64; ++chunk) {
      ASSERT_EQ(refusal(small_document.substr(0, cut), {.chunk = chunk}), whole)
          << "cut at " << cut << ", chunk " << chunk;
    }
  }
}

TEST(XmlScanner, NeverCrashesOnADocumentWithOneByteChanged) {
  for (std::size_t place = 0; place < small_document.size(); ++place) {
    for (char c : {'<', '>', '&', ']', '"', '\0', '\xFF', '/', ' ', '-'}) {
      std::string text(small_document);
      text[place] = c;
      const std::string whole = refusal(text);
      for (std::size_t chunk : {1U, 5U, 17U})
        ASSERT_EQ(refusal(text, {.chunk = chunk}), whole) << text << "\nchunk " << chunk;
    }
  }
}

}  // namespace
}  // namespace patchbot
