#include "simulators/amazon/answers.h"

#include <nlohmann/json.hpp>

namespace mlc::simulators::amazon {

net::HttpResponse json_answer(int status, std::string body) {
  net::HttpResponse response;
  response.status = status;
  response.headers = {{"Content-Type", "application/json"}};
  response.body = std::move(body);
  return response;
}

net::HttpResponse error_answer(int status, std::string_view code, std::string_view message,
                               std::string_view details) {
  const nlohmann::ordered_json error = {{"code", code}, {"message", message}, {"details", details}};
  return json_answer(status, nlohmann::ordered_json{{"errors", {error}}}.dump());
}

net::HttpResponse invalid_input(std::string_view message, std::string_view details) {
  return error_answer(400, "InvalidInput", message, details);
}

net::HttpResponse not_found(std::string_view message) {
  return error_answer(404, "NotFound", message);
}

net::HttpResponse access_denied(std::string_view details) {
  return error_answer(403, "Unauthorized", "Access to requested resource is denied.", details);
}

net::HttpResponse storage_error(int status, std::string_view code, std::string_view message) {
  net::HttpResponse response;
  response.status = status;
  response.headers = {{"Content-Type", "application/xml"}};
  response.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>" + std::string(code) +
                  "</Code><Message>" + std::string(message) + "</Message></Error>";
  return response;
}

}  // namespace mlc::simulators::amazon
