// From an address to an object of the site bucket: /sleep/ is kept as sleep/index.html, and /sleep is sent to /sleep/.
// A CloudFront Function (runtime 2.0) on viewer requests. Its text stands in infra/cdn.yaml too; a test holds them together.

function queryOf(request) {
    var pairs = [];
    Object.keys(request.querystring).forEach(function (name) {
        var given = request.querystring[name];
        (given.multiValue || [given]).forEach(function (one) {
            pairs.push(one.value === '' ? name : name + '=' + one.value);
        });
    });
    return pairs.length ? '?' + pairs.join('&') : '';
}

// A page's one address: no empty segments, no backslash (//elsewhere.org would leave the site), a slash at its end.
function canonical(uri) {
    var path = uri.replace(/[\/\\]+/g, '/').replace(/\/index\.html$/, '/');
    var isPage = path.slice(path.lastIndexOf('/')).indexOf('.') < 0;
    return isPage && !path.endsWith('/') ? path + '/' : path;
}

function handler(event) {
    var request = event.request;
    var path = canonical(request.uri);
    if (path !== request.uri) {
        return {
            statusCode: 301,
            statusDescription: 'Moved Permanently',
            headers: { location: { value: path + queryOf(request) } }
        };
    }
    if (path.endsWith('/')) {
        request.uri = path + 'index.html';
    }
    return request;
}
