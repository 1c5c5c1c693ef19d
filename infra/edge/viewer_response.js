// Redirects and "gone" pages are objects of SiteBucket: their metadata `status` and `location` go into the response.
// A CloudFront Function (runtime 2.0) for viewer responses. `make edge` copies it into infra/cdn.yaml; a test compares both.

var DESCRIPTIONS = { '301': 'Moved Permanently', '410': 'Gone' };

// Changes the response in place, because CloudFront answers 502 to a new object. A 304 stays a 304: the browser's copy
// has its status already, and a "gone" page without a body would be blank.
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
