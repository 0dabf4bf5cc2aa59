// SPDX-License-Identifier: Apache-2.0
#include "net/curl_transport.hpp"

#include <curl/curl.h>

#include <array>
#include <mutex>
#include <vector>

#include "base/error.hpp"
#include "base/text.hpp"

namespace patchbot {
namespace {

struct EasyCloser {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
using Easy = std::unique_ptr<CURL, EasyCloser>;

struct ListCloser {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using HeaderList = std::unique_ptr<curl_slist, ListCloser>;

// What libcurl fills while it works.
struct Incoming {
  HttpResponse& response;
  const HttpRequest& request;
  CURL* easy;
  std::size_t received = 0;
  bool too_large = false;
};

bool is_for_taker(const Incoming& incoming) {
  long status = 0;
  curl_easy_getinfo(incoming.easy, CURLINFO_RESPONSE_CODE, &status);
  return incoming.request.take_body && status == 200;
}

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* user) {
  auto& incoming = *static_cast<Incoming*>(user);
  const std::string_view bytes(data, size * count);
  if (bytes.size() > incoming.request.max_answer - incoming.received) {
    incoming.too_large = true;
    return 0;
  }
  incoming.received += bytes.size();
  if (is_for_taker(incoming)) return incoming.request.take_body(bytes) ? bytes.size() : 0;
  incoming.response.body.append(bytes);
  return bytes.size();
}

std::size_t take_header(char* data, std::size_t size, std::size_t count, void* user) {
  constexpr std::size_t most = 200;
  auto& headers = static_cast<Incoming*>(user)->response.headers;
  const std::string_view line(data, size * count);
  if (line.starts_with("HTTP/")) headers.clear();  // of a 100 Continue, say
  const auto colon = line.find(':');
  if (colon != std::string_view::npos && headers.size() < most) {
    headers.push_back(
        {std::string(trim(line.substr(0, colon))), std::string(trim(line.substr(colon + 1)))});
  }
  return size * count;
}

HeaderList header_list(const HttpRequest& request) {
  curl_slist* list = nullptr;
  for (const HttpHeader& header : request.headers) {
    list = curl_slist_append(list, (header.name + ": " + header.value).c_str());
  }
  return HeaderList(list);
}

bool is_before_sending(CURLcode code) {
  return code == CURLE_COULDNT_RESOLVE_HOST || code == CURLE_COULDNT_RESOLVE_PROXY ||
         code == CURLE_COULDNT_CONNECT || code == CURLE_SSL_CONNECT_ERROR;
}

bool is_hopeless(CURLcode code) {
  return code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CACERT_BADFILE ||
         code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT;
}

class CurlTransport : public Transport {
 public:
  explicit CurlTransport(TlsSettings tls) : tls_(std::move(tls)) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (ready != CURLE_OK) throw Error(Blame::remote, "libcurl cannot be started");
  }

  HttpResponse exchange(const HttpRequest& request) override {
    HttpResponse response;
    Easy easy = borrow();
    std::array<char, CURL_ERROR_SIZE> reason{};
    Incoming incoming{response, request, easy.get()};
    const HeaderList headers = header_list(request);
    prepare(easy.get(), request);
    curl_easy_setopt(easy.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(easy.get(), CURLOPT_ERRORBUFFER, reason.data());
    curl_easy_setopt(easy.get(), CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy.get(), CURLOPT_WRITEDATA, &incoming);
    curl_easy_setopt(easy.get(), CURLOPT_HEADERFUNCTION, take_header);
    curl_easy_setopt(easy.get(), CURLOPT_HEADERDATA, &incoming);
    const CURLcode code = curl_easy_perform(easy.get());
    finish(response, easy.get(), code, incoming, reason.data());
    give_back(std::move(easy));
    return response;
  }

 private:
  void prepare(CURL* easy, const HttpRequest& request) const {
    curl_easy_reset(easy);
    curl_easy_setopt(easy, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);  // or the signature is for another path
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "patchbot");
    curl_easy_setopt(
        easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request.connect_timeout.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request.timeout.count()));
    if (request.direct) curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
    // When a connection that was used before dies without an answer, libcurl sends the request
    // again by itself, also one that has arrived.
    if (request.once) curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, 1L);
    if (!tls_.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, tls_.ca_file.c_str());
    if (tls_.insecure) {
      curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 0L);
      curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 0L);
    }
    if (request.method == "GET") return;
    curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    // Without this wait libcurl holds large bodies back for a second, and an "Expect:" that takes
    // the header away would have to be signed.
    curl_easy_setopt(easy, CURLOPT_EXPECT_100_TIMEOUT_MS, 1L);
    curl_easy_setopt(
        easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request.body.data());
  }

  static void finish(HttpResponse& response,
                     CURL* easy,
                     CURLcode code,
                     const Incoming& incoming,
                     const char* reason) {
    long status = 0;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    response.status = static_cast<int>(status);
    if (code == CURLE_OK) return;
    // Half an answer is none, and a secret that is cut off is not recognised in a recording. Its
    // status may say all the same what is the matter: Nessus 10 cuts the body of its 412 off.
    response.broken_status = response.status;
    response.status = 0;
    response.headers.clear();
    response.body.clear();
    response.not_sent = is_before_sending(code);
    response.hopeless = is_hopeless(code) || incoming.too_large;
    response.failure = *reason != '\0' ? reason : curl_easy_strerror(code);
    response.too_large = incoming.too_large;
    if (incoming.too_large) {
      response.failure =
          "the answer is larger than " + std::to_string(incoming.request.max_answer) + " bytes";
    }
    if (code == CURLE_PEER_FAILED_VERIFICATION) {
      response.failure += "; a certificate of your own is trusted with --ca-file";
    }
  }

  Easy borrow() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return Easy(curl_easy_init());
    Easy easy = std::move(idle_.back());
    idle_.pop_back();
    return easy;
  }

  void give_back(Easy easy) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(easy));
  }

  TlsSettings tls_;
  std::mutex mutex_;
  std::vector<Easy> idle_;  // each with its open connections
};

}  // namespace

std::unique_ptr<Transport> curl_transport(const TlsSettings& tls) {
  return std::make_unique<CurlTransport>(tls);
}

}  // namespace patchbot
