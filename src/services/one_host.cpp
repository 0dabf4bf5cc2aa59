// SPDX-License-Identifier: Apache-2.0
#include "services/one_host.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "net/redaction.hpp"

namespace patchbot {
namespace {

constexpr int max_redirects = 5;

bool is_redirect(const HttpResponse& response, const std::string& method) {
  const int status = response.status;
  if (status == 307 || status == 308) return true;
  return method == "GET" && (status == 301 || status == 302 || status == 303);
}

}  // namespace

bool is_on_host(std::string_view url, std::string_view own) {
  const UrlParts ours = split_url(own);
  const UrlParts other = split_url(url);
  return equals_nocase(ours.scheme, other.scheme) && equals_nocase(ours.host, other.host) &&
         other.host.find_first_of("@\\") == std::string_view::npos;
}

// A token may stand in the query, or be encoded.
std::string elsewhere(const std::string& url, const std::vector<Secret>& secrets) {
  const UrlParts parts = split_url(url);
  std::string place(parts.scheme);
  if (!place.empty()) place += "://";
  place += parts.host.substr(parts.host.rfind('@') + 1);
  if (parts.path.find('%') == std::string_view::npos) place += parts.path;
  if (place.find('%') != std::string::npos) place = "another host";
  return clean_line(cut_utf8(without(place, secrets), 200)) +
         ", which is elsewhere; the token is not sent there";
}

HttpResponse exchange_on_host(Transport& transport,
                              Clock& clock,
                              HttpRequest request,
                              const Patience& patience,
                              const std::string& who) {
  const std::string own = request.url;
  for (int hop = 0; hop <= max_redirects; ++hop) {
    HttpResponse response = exchange_patiently(transport, clock, request, patience);
    if (!is_redirect(response, request.method)) return response;
    const std::string location(response.header("location"));
    const UrlParts parts = split_url(own);
    const bool rooted = location.starts_with('/') && !location.starts_with("//");
    request.url =
        rooted ? std::string(parts.scheme) + "://" + std::string(parts.host) + location : location;
    if (is_on_host(request.url, own)) continue;
    throw Error(Blame::remote,
                who + ": the host redirects to " + elsewhere(location, request.secrets));
  }
  throw Error(Blame::remote, who + ": the host redirects again and again");
}

}  // namespace patchbot
