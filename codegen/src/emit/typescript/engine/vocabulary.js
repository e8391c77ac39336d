/** The words that all APIs share. */
/** The category of an error with this action and status. */
export function categoryOf(action, status) {
    switch (action) {
        case "authenticate":
            return "authentication";
        case "request_access":
            return "permission";
        case "upgrade_plan":
        case "add_credit":
            return "billing";
        case "wait":
            return "rate_limit";
        case "check_outcome":
            return "outcome_unknown";
        case "fix_request": {
            const found = categoryOfStatus(status);
            return found === "not_found" || found === "conflict" ? found : "invalid_request";
        }
        default:
            return categoryOfStatus(status);
    }
}
function categoryOfStatus(status) {
    switch (status) {
        case undefined:
            return "unknown";
        case 401:
        case 407:
            return "authentication";
        case 402:
            return "billing";
        case 403:
            return "permission";
        case 404:
        case 410:
            return "not_found";
        case 409:
        case 412:
            return "conflict";
        case 429:
            return "rate_limit";
        case 408:
        case 504:
            return "timeout";
        default:
            if (status >= 400 && status <= 499)
                return "invalid_request";
            return status >= 500 && status <= 599 ? "server" : "unknown";
    }
}
