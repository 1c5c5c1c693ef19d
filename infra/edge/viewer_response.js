// Redirects and "gone" are objects of the site bucket: their metadata `status` and `location` become the answer's.
// A CloudFront Function (runtime 2.0) on viewer responses. Its text stands in infra/cdn.yaml too; a test holds them together.

var DESCRIPTIONS = { '301': 'Moved Permanently', '410': 'Gone' };

// The response that was given is changed: a fresh object in its place is answered by a 502. A 304 stays one: what the
// browser keeps has its status already, and a "gone" without a body would be a blank page.
function handler(event) {
    var response = event.response;
    var headers = response.headers;
    var status = headers['x-amz-meta-status'];
    var location = headers['x-amz-meta-location'];
    if (response.statusCode === 200 && status && DESCRIPTIONS[status.value]) {
        response.statusCode = Number(status.value);
        response.statusDescription = DESCRIPTIONS[status.value];
        if (location) {
            headers.location = { value: location.value };
        }
    }
    Object.keys(headers).forEach(function (name) {
        if (name.indexOf('x-amz-meta-') === 0) {
            delete headers[name];
        }
    });
    return response;
}
