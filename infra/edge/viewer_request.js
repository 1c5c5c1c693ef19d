// Maps an address to an object of SiteBucket: /sleep/ is stored as sleep/index.html, and /sleep redirects to /sleep/.
// A CloudFront Function (runtime 2.0) for viewer requests. `make edge` copies it into infra/cdn.yaml; a test compares both.

function queryOf(request) {
    var pairs = [];
    Object.keys(request.querystring).forEach(function (name) {
        var parameter = request.querystring[name];
        (parameter.multiValue || [parameter]).forEach(function (item) {
            pairs.push(item.value === '' ? name : name + '=' + item.value);
        });
    });
    return pairs.length ? '?' + pairs.join('&') : '';
}

// The only address of a page: no empty segment (//example.org would leave the site), no backslash, and no tab or line end,
// which browsers remove; a slash at the end.
function canonical(uri) {
    var path = uri.replace(/[\/\\\t\n\r]+/g, '/').replace(/\/index\.html$/, '/');
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
    // S3 reads a plus sign in an address as a space.
    request.uri = (path.endsWith('/') ? path + 'index.html' : path).replace(/\+/g, '%2B');
    return request;
}
