// SPDX-License-Identifier: Apache-2.0
#include "base/utf8.hpp"
#include "formats/json_writer.hpp"
#include "pr_output.hpp"
#include "pr_words.hpp"
#include "templates/ami_id.hpp"

namespace patchbot {
namespace {

void write_template(JsonWriter& json, const ReviewedFile& file) {
  json.open_object()
      .member("file", file.name)
      .count("resources", file.review.resources)
      .count("ami_bearing_resources", file.review.ami_bearing_resources)
      .count("problems", file.problems)
      .close_object();
}

// Name and age of an image are known only to those who asked AWS.
void write_image(JsonWriter& json,
                 std::string_view name,
                 const std::string& value,
                 const std::optional<Image>& image) {
  json.key(name);
  if (value.empty()) {
    json.null();
  } else if (is_ami_id(value)) {
    json.open_object().member("id", value).member_if("name", image ? image->name : "");
    if (image && image->created) json.member("created", to_rfc3339(*image->created));
    json.close_object();
  } else {
    json.open_object().member("value", clean_line(value)).close_object();
  }
}

// Where ids are written themselves, from and to have them.
void write_moved(JsonWriter& json,
                 std::string_view name,
                 const std::vector<MovedAmi>& amis,
                 const std::string& written) {
  if (amis.empty() || !ami_ids(written).empty()) return;
  json.key(name).open_array();
  for (const MovedAmi& ami : amis) json.text(ami.id);
  json.close_array();
}

void write_ami_change(JsonWriter& json, const ReviewedFile& file, const AmiChange& one) {
  json.open_object()
      .member("file", file.name)
      .count("line", one.change.place.line)
      .member("path", clean_line(one.change.path))
      .member("kind", to_text(one.kind))
      .member_if("service", clean_line(file.scope.service))
      .member_if("environment", clean_line(one.environment))
      .member_if("region", one.region);
  if (one.deployment.file != file.name) json.member_if("by", clean_line(one.deployment.file));
  write_image(json, "from", one.change.from, one.from_image);
  write_image(json, "to", one.change.to, one.to_image);
  write_moved(json, "leaving", one.leaving, one.change.from);
  write_moved(json, "arriving", one.arriving, one.change.to);
  json.key("uses").open_array();
  for (const AmiUse& use : one.uses) {
    json.open_object()
        .member("resource", clean_line(use.resource))
        .member("property", use.property)
        .close_object();
  }
  json.close_array();
  if (!one.change.to.empty()) {
    json.key("rolls")
        .open_object()
        .member("verdict", to_text(one.rolling.verdict))
        .member("reason", clean_line(one.rolling.reason))
        .close_object();
  }
  json.close_object();
}

void write_other_change(JsonWriter& json, const ReviewedFile& file, const TemplateChange& change) {
  json.open_object()
      .member("file", file.name)
      .count("line", change.place.line)
      .member("path", clean_line(change.path))
      .member("change", to_text(change.kind))
      .close_object();
}

void write_unresolved(JsonWriter& json, const ReviewedFile& file, const UnresolvedAmi& one) {
  json.open_object()
      .member("file", file.name)
      .count("line", one.place.line)
      .member_if("resource", clean_line(one.use.resource))
      .member_if("property", one.use.property)
      .member("reason", clean_line(one.reason))
      .close_object();
}

void write_rule(JsonWriter& json, const ReviewedFile& file, const RuleHit& hit) {
  json.open_object()
      .member("id", hit.id)
      .member("level", to_text(hit.level))
      .member("message", clean_line(hit.message))
      .member("file", file.name)
      .count("line", hit.place.line)
      .count("column", hit.place.column)
      .close_object();
}

void write_origin(JsonWriter& json, const ImageOrigin& origin) {
  const bool is_file = origin.kind == ImageOrigin::Kind::file;
  json.key("images").open_object().member("source",
                                          is_file                                 ? "file"
                                          : origin.kind == ImageOrigin::Kind::aws ? "aws"
                                                                                  : "none");
  if (origin.generated_at) json.member("generated_at", to_rfc3339(*origin.generated_at));
  json.close_object();
}

}  // namespace

std::string to_json(const PullRequest& request) {
  std::string out;
  JsonWriter json(out);
  json.open_object().member("schema", "patchbot.pr/1").key("templates").open_array();
  for (const ReviewedFile& file : request.files) {
    if (file.is_template) write_template(json, file);
  }
  json.close_array().key("ami_changes").open_array();
  for (const ReviewedFile& file : request.files) {
    for (const AmiChange& one : file.review.ami_changes) write_ami_change(json, file, one);
  }
  json.close_array().key("other_changes").open_array();
  for (const ReviewedFile& file : request.files) {
    for (const TemplateChange& change : file.review.other_changes) {
      write_other_change(json, file, change);
    }
  }
  json.close_array().key("unresolved").open_array();
  for (const ReviewedFile& file : request.files) {
    for (const UnresolvedAmi& one : file.review.unresolved) write_unresolved(json, file, one);
  }
  json.close_array().key("rules").open_array();
  for (const ReviewedFile& file : request.files) {
    for (const RuleHit& hit : file.hits) write_rule(json, file, hit);
  }
  json.close_array().key("unchecked").open_array();
  for (const std::string& note : request.unchecked) json.text(clean_line(note));
  json.close_array();
  write_origin(json, request.images);
  json.member("verdict", verdict_of(request)).close_object();
  return out + "\n";
}

}  // namespace patchbot
